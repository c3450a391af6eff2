/** What the JobManager's process and those of task managers have in common. */
package dev.drey.model.processes;
