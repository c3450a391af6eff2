package dev.drey.client.error;

import java.net.URI;
import java.util.List;

/**
 * The server does not have what was asked of it: it came with a later Flink, or only Drey has it,
 * or the server was configured without it. Nothing was done.
 */
public final class UnsupportedByServerException extends FlinkRestException {
    private static final long serialVersionUID = 1L;

    private final String route;
    private final String since;

    /**
     * Made by the client.
     *
     * @param method the method of the request
     * @param uri the URI of the request
     * @param endpoint the one of the client's endpoints that answered
     * @param status the HTTP status of the answer
     * @param errors the errors that the answer lists
     * @param route what was asked for, as Flink documents it
     * @param since who has it first
     */
    public UnsupportedByServerException(
            String method,
            URI uri,
            URI endpoint,
            int status,
            List<String> errors,
            String route,
            String since) {
        super(
                "The server at %s does not have %s, which is of %s"
                        .formatted(
                                endpoint,
                                route,
                                Character.isDigit(since.charAt(0))
                                        ? "Flink %s and later".formatted(since)
                                        : since),
                method,
                uri,
                endpoint,
                status,
                errors,
                null,
                null);
        this.route = route;
        this.since = since;
    }

    /** What was asked for: a method and a path as Flink documents it, without the version. */
    public String route() {
        return route;
    }

    /** The first version of Flink that has it, such as {@code 2.3}; or {@code Drey}. */
    public String since() {
        return since;
    }
}
