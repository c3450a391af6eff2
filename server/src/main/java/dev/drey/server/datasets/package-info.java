/** Data sets: intermediate results that the cluster keeps for later jobs. */
package dev.drey.server.datasets;
