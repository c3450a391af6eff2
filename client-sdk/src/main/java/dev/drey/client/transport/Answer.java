package dev.drey.client.transport;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * A success, and who gave it.
 *
 * @param body what was answered
 * @param endpoint the one of the client's endpoints that answered
 * @param headers the headers of the answer
 * @param <T> type of the body
 */
public record Answer<T>(T body, URI endpoint, HttpHeaders headers) {
    /** An answer has all of them. */
    public Answer {
        requireNonNull(body, "body is null");
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(headers, "headers is null");
    }

    /**
     * The first value of a header.
     *
     * @param name in any case
     */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }
}
