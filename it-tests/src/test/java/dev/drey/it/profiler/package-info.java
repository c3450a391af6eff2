/** Profiles of the processes of live clusters. */
package dev.drey.it.profiler;
