/** Profiles of the cluster's processes. */
package dev.drey.server.profiler;
