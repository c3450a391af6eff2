/** Metrics of live clusters. */
package dev.drey.it.metrics;
