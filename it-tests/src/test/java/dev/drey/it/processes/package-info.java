/** Logs and threads of the processes of live clusters. */
package dev.drey.it.processes;
