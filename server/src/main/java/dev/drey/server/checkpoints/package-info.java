/** Checkpoints of a job. */
package dev.drey.server.checkpoints;
