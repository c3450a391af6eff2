/** Checkpoints of a job. */
package dev.drey.client.checkpoints;
