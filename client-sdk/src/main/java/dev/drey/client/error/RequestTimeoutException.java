package dev.drey.client.error;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * The last byte of the answer had not come when the request's time was over; the request was ended
 * then. Of a request that writes, {@link #mayHaveTakenPlace()} tells what is known.
 */
public final class RequestTimeoutException extends TimeoutException {
    private static final long serialVersionUID = 1L;

    private final String method;
    private final URI uri;
    private final Duration timeout;
    private final boolean mayHaveTakenPlace;

    /**
     * Made by the client.
     *
     * @param method the method of the request
     * @param uri the URI of the request
     * @param timeout the time that the request was given
     */
    public RequestTimeoutException(String method, URI uri, Duration timeout) {
        this(method, uri, timeout, true, null);
    }

    /**
     * Made by the client.
     *
     * @param method the method of the request
     * @param uri the URI of the request
     * @param timeout the time that the request was given
     * @param mayHaveTakenPlace whether something of the request was sent
     * @param lastFailure why the try before the last one failed, {@code null} without one
     */
    public RequestTimeoutException(
            String method,
            URI uri,
            Duration timeout,
            boolean mayHaveTakenPlace,
            Throwable lastFailure) {
        super("%s %s was not answered in full within %s".formatted(method, uri, timeout));
        this.method = method;
        this.uri = uri;
        this.timeout = timeout;
        this.mayHaveTakenPlace = mayHaveTakenPlace;
        initCause(lastFailure);
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

    /**
     * Whether the cluster may have done what was asked. {@code false} if the request was surely
     * never sent: no connection was had within the time.
     */
    public boolean mayHaveTakenPlace() {
        return mayHaveTakenPlace;
    }
}
