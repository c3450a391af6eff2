package dev.drey.client.error;

import java.net.URI;
import java.util.List;
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

    /**
     * Made by the client.
     *
     * @param method the method of the request
     * @param uri the URI of the request
     * @param status the HTTP status of the answer
     * @param errors the errors that the answer lists
     */
    public FlinkRestException(String method, URI uri, int status, List<String> errors) {
        this(
                "%s %s answered %d: %s".formatted(method, uri, status, firstLines(errors)),
                method,
                uri,
                status,
                errors,
                null);
    }

    FlinkRestException(
            String message,
            String method,
            URI uri,
            int status,
            List<String> errors,
            Throwable cause) {
        super(message, cause);
        this.method = method;
        this.uri = uri;
        this.status = status;
        this.errors = List.copyOf(errors);
    }

    /** The method of the request, such as {@code GET}. */
    public String method() {
        return method;
    }

    /** The URI of the request. */
    public URI uri() {
        return uri;
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

    private static String firstLines(List<String> errors) {
        return errors.stream().map(FlinkRestException::firstLine).collect(Collectors.joining("; "));
    }

    private static String firstLine(String error) {
        return error.lines().filter(line -> !line.equals(STOCK_PREAMBLE)).findFirst().orElse("");
    }
}
