package dev.drey.client.error;

import java.io.IOException;
import java.net.URI;

/**
 * No whole answer came: the connection was refused or broke off, or the host is unknown. Of a
 * request that writes, it is unknown whether it took place, unless the cause is a {@link
 * java.net.ConnectException} or a {@link java.net.UnknownHostException}: then it did not.
 */
public final class FlinkConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String method;
    private final URI uri;

    /**
     * Made by the client.
     *
     * @param method the method of the request
     * @param uri the URI of the request
     * @param cause what happened to the connection
     */
    public FlinkConnectionException(String method, URI uri, Throwable cause) {
        super("%s %s got no answer: %s".formatted(method, uri, reason(cause)), cause);
        this.method = method;
        this.uri = uri;
    }

    /** The method of the request, such as {@code GET}. */
    public String method() {
        return method;
    }

    /** The URI of the request. */
    public URI uri() {
        return uri;
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
