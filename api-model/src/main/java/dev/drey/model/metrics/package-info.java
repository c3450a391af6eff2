/** Metrics: what the cluster's parts measure of themselves, one by one and aggregated. */
package dev.drey.model.metrics;
