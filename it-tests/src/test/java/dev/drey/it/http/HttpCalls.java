package dev.drey.it.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drey.model.error.ErrorResponseBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Any request, with any header. */
public final class HttpCalls {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client;
    private final URI base;

    public HttpCalls(URI base) {
        this(base, HttpClient.newBuilder());
    }

    /** With what {@code tls} trusts and shows. */
    public HttpCalls(URI base, SSLContext tls) {
        this(base, HttpClient.newBuilder().sslContext(tls));
    }

    private HttpCalls(URI base, HttpClient.Builder client) {
        this.base = base;
        this.client = client.version(HttpClient.Version.HTTP_1_1).build();
    }

    /** A GET without a body. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody());
    }

    /**
     * Any request.
     *
     * @param headers names and values in turn
     */
    public HttpResponse<String> send(
            String method, String path, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(PATIENCE)
                        .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** The errors that an answer lists. */
    public static List<String> errors(HttpResponse<String> answer) {
        try {
            return new JsonMapper().readValue(answer.body(), ErrorResponseBody.class).errors();
        } catch (IOException e) {
            throw new AssertionError(
                    "%d with no list of errors: %s".formatted(answer.statusCode(), answer.body()),
                    e);
        }
    }
}
