package dev.drey.client.error;

import java.io.IOException;
import java.net.URI;

/**
 * No whole answer came: the connection was refused or broke off, or the host is unknown. Of a
 * request that writes, {@link #mayHaveTakenPlace()} tells what is known.
 */
public final class FlinkConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String method;
    private final URI uri;
    private final boolean mayHaveTakenPlace;

    /**
     * Made by the client.
     *
     * @param method the method of the request
     * @param uri the URI of the request
     * @param cause what happened to the connection
     */
    public FlinkConnectionException(String method, URI uri, Throwable cause) {
        this(method, uri, true, cause);
    }

    /**
     * Made by the client.
     *
     * @param method the method of the request
     * @param uri the URI of the request
     * @param mayHaveTakenPlace whether something of the request was sent
     * @param cause what happened to the connection
     */
    public FlinkConnectionException(
            String method, URI uri, boolean mayHaveTakenPlace, Throwable cause) {
        super("%s %s got no answer: %s".formatted(method, uri, reason(cause)), cause);
        this.method = method;
        this.uri = uri;
        this.mayHaveTakenPlace = mayHaveTakenPlace;
    }

    /** The method of the request, such as {@code GET}. */
    public String method() {
        return method;
    }

    /** The URI of the request. */
    public URI uri() {
        return uri;
    }

    /**
     * Whether the cluster may have done what was asked. {@code false} if the request was surely
     * never sent: the connection was refused, the host is unknown, the servers could not agree on
     * TLS.
     */
    public boolean mayHaveTakenPlace() {
        return mayHaveTakenPlace;
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
