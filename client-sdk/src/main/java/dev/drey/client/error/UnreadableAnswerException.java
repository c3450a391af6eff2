package dev.drey.client.error;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * An answer arrived that the API does not give: the page of a proxy, a redirect, an empty or a
 * cut-off body, JSON of another service. The endpoint is probably not what it was taken for, or
 * something between it and this client answered in its place.
 *
 * <p>{@link #status()} may be one of success; {@link #errors()} is empty. Of a request that writes,
 * it is unknown whether it took place.
 */
public final class UnreadableAnswerException extends FlinkRestException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the client.
     *
     * @param method the method of the request
     * @param uri the URI of the request
     * @param status the HTTP status of the answer
     * @param reason what is wrong with the answer
     * @param cause the reader's complaint, {@code null} without one
     */
    public UnreadableAnswerException(
            String method, URI uri, int status, String reason, Throwable cause) {
        this(method, uri, uri.resolve("/"), status, reason, null, cause);
    }

    /**
     * Made by the client.
     *
     * @param method the method of the request
     * @param uri the URI of the request
     * @param endpoint the one of the client's endpoints that answered
     * @param status the HTTP status of the answer
     * @param reason what is wrong with the answer
     * @param retryAfter when the answer says to ask again, {@code null} if it does not
     * @param cause the reader's complaint, {@code null} without one
     */
    public UnreadableAnswerException(
            String method,
            URI uri,
            URI endpoint,
            int status,
            String reason,
            Duration retryAfter,
            Throwable cause) {
        super(
                "%s %s answered %d, but not as Flink does: %s"
                        .formatted(method, uri, status, reason),
                method,
                uri,
                endpoint,
                status,
                List.of(),
                retryAfter,
                cause);
    }
}
