/** Profiles of the cluster's processes. */
package dev.drey.client.profiler;
