package dev.drey.client.error;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cluster answered a request, and not with success.
 *
 * <p>Whether a write took place follows from the status: 4xx means that it did not, 5xx alone does
 * not tell.
 */
public class FlinkRestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Stock Flink puts this line before the stack trace of what it did not expect. */
    private static final String STOCK_PREAMBLE = "<Exception on server side:";

    private final String method;
    private final URI uri;
    private final int status;
    private final List<String> errors;
    private final URI endpoint;
    private final Duration retryAfter;

    /**
     * Made by the client.
     *
     * @param method the method of the request
     * @param uri the URI of the request
     * @param status the HTTP status of the answer
     * @param errors the errors that the answer lists
     */
    public FlinkRestException(String method, URI uri, int status, List<String> errors) {
        this(method, uri, uri.resolve("/"), status, errors, null);
    }

    /**
     * Made by the client.
     *
     * @param method the method of the request
     * @param uri the URI of the request
     * @param endpoint the one of the client's endpoints that answered
     * @param status the HTTP status of the answer
     * @param errors the errors that the answer lists
     * @param retryAfter when the answer says to ask again, {@code null} if it does not
     */
    public FlinkRestException(
            String method,
            URI uri,
            URI endpoint,
            int status,
            List<String> errors,
            Duration retryAfter) {
        this(
                "%s %s answered %d: %s".formatted(method, uri, status, firstLines(errors)),
                method,
                uri,
                endpoint,
                status,
                errors,
                retryAfter,
                null);
    }

    FlinkRestException(
            String message,
            String method,
            URI uri,
            URI endpoint,
            int status,
            List<String> errors,
            Duration retryAfter,
            Throwable cause) {
        super(message, cause);
        this.method = method;
        this.uri = uri;
        this.endpoint = endpoint;
        this.status = status;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** The method of the request, such as {@code GET}. */
    public String method() {
        return method;
    }

    /** The URI of the request. */
    public URI uri() {
        return uri;
    }

    /** The one of the client's endpoints that answered. */
    public URI endpoint() {
        return endpoint;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /**
     * What the cluster said, in full: one line each from Drey; stock Flink adds whole stack traces.
     * Empty if the answer was not the API's own.
     */
    public List<String> errors() {
        return errors;
    }

    /**
     * How long to wait before asking again, counted from the answer, by its header {@code
     * Retry-After}; empty if it has none.
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    private static String firstLines(List<String> errors) {
        return errors.stream().map(FlinkRestException::firstLine).collect(Collectors.joining("; "));
    }

    private static String firstLine(String error) {
        return error.lines().filter(line -> !line.equals(STOCK_PREAMBLE)).findFirst().orElse("");
    }
}
