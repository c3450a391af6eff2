/** Clusters as processes, and waiting for what they do. */
package dev.drey.it.cluster;
