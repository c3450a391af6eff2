package dev.drey.client.error;

/**
 * The client was closed before the request or operation ended. What the cluster was asked to do
 * goes on there.
 */
public final class ClientClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Made by the client. */
    public ClientClosedException() {
        super("The client is closed");
    }
}
