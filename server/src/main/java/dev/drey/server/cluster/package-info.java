/** The cluster as a whole. */
package dev.drey.server.cluster;
