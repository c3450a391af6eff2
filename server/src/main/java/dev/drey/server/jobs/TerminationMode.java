package dev.drey.server.jobs;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a job is ended, from the query parameter {@code mode}. */
enum TerminationMode {
    CANCEL,
    STOP;

    static final String PARAMETER = "mode";

    /**
     * The first mode of a list with commas, in upper or lower case; {@code fallback} if there is
     * none.
     */
    static TerminationMode of(List<String> parameters, TerminationMode fallback) {
        if (parameters.isEmpty()) {
            return fallback;
        }
        String first = parameters.get(0).split(",", 2)[0];
        return Arrays.stream(values())
                .filter(mode -> mode.name().equalsIgnoreCase(first))
                .findFirst()
                .orElseThrow(
                        () ->
                                new BadRequestException(
                                        "Parameter '%s': '%s' is no mode: expected %s"
                                                .formatted(
                                                        PARAMETER,
                                                        first,
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
