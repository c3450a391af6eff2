package dev.drey.server.rescaling;

/**
 * What a rescaling is asked for with.
 *
 * @param parallelism what the job's vertices are to run with, 1 or more
 * @param restoreOnFailure whether the job's old requirements are put back if it does not come to
 *     run with that
 * @param allowStateLoss whether a job may be rescaled that would begin from its initial state
 */
record RescalingRequest(int parallelism, boolean restoreOnFailure, boolean allowStateLoss) {}
