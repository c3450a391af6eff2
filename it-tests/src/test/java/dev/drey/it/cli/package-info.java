/** Flink's own client, unmodified, in front of each kind of cluster. */
package dev.drey.it.cli;
