/** Checkpoints of a job. */
package dev.drey.model.checkpoints;
