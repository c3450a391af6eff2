package dev.drey.client.rescaling;

/**
 * What a rescaling is asked for with.
 *
 * @param parallelism what the job's vertices are to run with, 1 or more
 * @param restoreOnFailure whether the job's old requirements are put back if it does not come to
 *     run with that in time; otherwise the new ones stay
 * @param allowStateLoss whether a job may be rescaled that has no completed checkpoint, and so
 *     begins again from its initial state
 */
public record RescalingParameters(
        int parallelism, boolean restoreOnFailure, boolean allowStateLoss) {

    /** Nothing is put back, and no state is lost. */
    public static RescalingParameters of(int parallelism) {
        return new RescalingParameters(parallelism, false, false);
    }

    /** The same, with the old requirements put back if it fails. */
    public RescalingParameters restoringOnFailure() {
        return new RescalingParameters(parallelism, true, allowStateLoss);
    }

    /** The same, with the loss of state allowed. */
    public RescalingParameters allowingStateLoss() {
        return new RescalingParameters(parallelism, restoreOnFailure, true);
    }
}
