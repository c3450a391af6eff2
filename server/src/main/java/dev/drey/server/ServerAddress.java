package dev.drey.server;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Where the server is reached; known once it is bound. */
public final class ServerAddress {

    private final CompletableFuture<URI> baseUri = new CompletableFuture<>();

    void bound(URI uri) {
        baseUri.complete(uri);
    }

    /** The base URI, without a path. Requests are answered only once it is known. */
    public URI baseUri() {
        return baseUri.join();
    }
}
