/** The cluster as a whole. */
package dev.drey.client.cluster;
