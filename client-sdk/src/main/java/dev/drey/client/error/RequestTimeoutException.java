package dev.drey.client.error;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * The last byte of the answer had not come when the request's time was over; the request was ended
 * then. Of a request that writes, it is unknown whether it took place.
 */
public final class RequestTimeoutException extends TimeoutException {
    private static final long serialVersionUID = 1L;

    private final String method;
    private final URI uri;
    private final Duration timeout;

    /**
     * Made by the client.
     *
     * @param method the method of the request
     * @param uri the URI of the request
     * @param timeout the time that the request was given
     */
    public RequestTimeoutException(String method, URI uri, Duration timeout) {
        super("%s %s was not answered in full within %s".formatted(method, uri, timeout));
        this.method = method;
        this.uri = uri;
        this.timeout = timeout;
    }

    /** The method of the request, such as {@code GET}. */
    public String method() {
        return method;
    }

    /** The URI of the request. */
    public URI uri() {
        return uri;
    }

    /** The time that the request was given, from the call to the last byte of the answer. */
    public Duration timeout() {
        return timeout;
    }
}
