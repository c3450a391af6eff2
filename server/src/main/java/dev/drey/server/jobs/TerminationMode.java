package dev.drey.server.jobs;

import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Locale;

/** How a job is ended, from the query parameter {@code mode}. */
public enum TerminationMode {
    CANCEL,
    STOP;

    /**
     * Reads a mode in upper or lower case; of a list, the first.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public static TerminationMode fromString(String value) {
        String first = value.split(",", 2)[0];
        return Arrays.stream(values())
                .filter(mode -> mode.name().equalsIgnoreCase(first))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'%s' is no mode: expected %s"
                                                .formatted(
                                                        value,
                                                        CANCEL.name().toLowerCase(Locale.ROOT))));
    }

    void requireSupported() {
        if (this == STOP) {
            throw new RedirectionException(
                    "Mode stop was removed from Flink: cancel the job with mode=cancel, or stop it with"
                            + " a savepoint through POST /jobs/:jobid/stop",
                    Response.Status.PERMANENT_REDIRECT,
                    null);
        }
    }
}
