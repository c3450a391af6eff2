/** What the JobManager's process and those of task managers have in common: logs and threads. */
package dev.drey.server.processes;
