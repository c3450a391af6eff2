/** The cluster as a whole. */
package dev.drey.model.cluster;
