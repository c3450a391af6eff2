package dev.drey.it.tools.monitor;

import dev.drey.model.JobId;

/** What is to be done with a job. */
record Order(Kind kind, JobId job, String jobName) {

    enum Kind {
        SAVEPOINT,
        CANCELLATION
    }

    /** What it is called, in the middle of a sentence. */
    String description() {
        return switch (kind) {
            case SAVEPOINT -> "savepoint of " + jobName;
            case CANCELLATION -> "cancellation of " + jobName;
        };
    }

    /** What is to be confirmed. */
    String question() {
        return switch (kind) {
            case SAVEPOINT -> "Take a savepoint of %s?".formatted(jobName);
            case CANCELLATION -> "Cancel %s?".formatted(jobName);
        };
    }
}
