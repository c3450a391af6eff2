package dev.drey.it.tools.monitor;

import dev.drey.model.JobId;

/** What is to be done with a job. */
record Order(Kind kind, JobId job, String jobName) {

    enum Kind {
        SAVEPOINT,
        CANCELLATION
    }

    /** What it is called, at the beginning of a sentence. */
    String subject() {
        return switch (kind) {
            case SAVEPOINT -> "Savepoint of " + jobName;
            case CANCELLATION -> "Cancellation of " + jobName;
        };
    }

    /** That it came to nothing. */
    String failed(String reason) {
        return "%s failed: %s".formatted(subject(), reason);
    }

    /** What is to be confirmed. */
    String question() {
        return switch (kind) {
            case SAVEPOINT -> "Take a savepoint of %s?".formatted(jobName);
            case CANCELLATION -> "Cancel %s?".formatted(jobName);
        };
    }
}
