/** Metrics: what the cluster's parts measure of themselves. */
package dev.drey.server.metrics;
