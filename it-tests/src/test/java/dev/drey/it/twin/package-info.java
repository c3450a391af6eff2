/** Drey and Flink's own endpoint, side by side over the same cluster, are asked the same. */
package dev.drey.it.twin;
