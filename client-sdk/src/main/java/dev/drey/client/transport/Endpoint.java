package dev.drey.client.transport;

import java.net.URI;

/** Where the API is, and what came of asking there. Guarded by the {@link Endpoints} it is of. */
final class Endpoint {
    private final URI uri;
    private final String base;
    int failures;
    long shunnedUntil;

    Endpoint(URI uri) {
        this.uri = uri;
        this.base = uri.toString().replaceAll("/+$", "") + "/v1";
    }

    /** As the client was given it. */
    URI uri() {
        return uri;
    }

    URI resolve(String path) {
        return URI.create(base + path);
    }
}
