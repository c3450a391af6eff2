/** Rescaling: the parallelism a job is run with, and how that changed. */
package dev.drey.model.rescaling;
