package dev.drey.it.twin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drey.it.http.HttpCalls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;

/** One of the two. */
final class Endpoint {

    private static final JsonMapper JSON = new JsonMapper();

    private final URI base;
    private final HttpCalls calls;

    Endpoint(URI base) {
        this.base = base;
        this.calls = new HttpCalls(base);
    }

    /** The answer to a GET. */
    Answer get(String path) {
        return send("GET", path, null);
    }

    /**
     * The answer to any request.
     *
     * @param body JSON, or {@code null} for none
     */
    Answer send(String method, String path, String body) {
        return body == null
                ? send(method, path, BodyPublishers.noBody())
                : send(
                        method,
                        path,
                        BodyPublishers.ofString(body),
                        "Content-Type",
                        "application/json");
    }

    /** The answer to the upload of a file. */
    Answer upload(String path, String fileName, byte[] content) {
        String boundary = "twin";
        return send(
                "POST",
                path,
                BodyPublishers.concat(
                        BodyPublishers.ofString(
                                ("--%s\r\nContent-Disposition: form-data; name=\"jarfile\";"
                                                + " filename=\"%s\"\r\n"
                                                + "Content-Type: application/java-archive\r\n\r\n")
                                        .formatted(boundary, fileName)),
                        BodyPublishers.ofByteArray(content),
                        BodyPublishers.ofString("\r\n--%s--\r\n".formatted(boundary))),
                "Content-Type",
                "multipart/form-data; boundary=" + boundary);
    }

    private Answer send(String method, String path, BodyPublisher body, String... headers) {
        try {
            return Answer.of(calls.send(method, path, body, headers), base.toString());
        } catch (IOException e) {
            throw new AssertionError("%s %s was not answered".formatted(method, path), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted in %s %s".formatted(method, path), e);
        }
    }

    /**
     * What was answered.
     *
     * @param contentType in lower case and without blanks
     * @param json with the same for the address of either; {@code null} if the body is none
     */
    record Answer(
            int status,
            String contentType,
            Optional<String> allowedOrigin,
            Optional<String> allow,
            String body,
            JsonNode json) {

        private static Answer of(HttpResponse<String> answer, String base) {

            String contentType =
                    answer.headers()
                            .firstValue("Content-Type")
                            .orElse("")
                            .replace(" ", "")
                            .toLowerCase(Locale.ROOT);
            return new Answer(
                    answer.statusCode(),
                    contentType,
                    answer.headers().firstValue("Access-Control-Allow-Origin"),
                    answer.headers().firstValue("Allow"),
                    answer.body(),
                    contentType.startsWith("application/json")
                            ? json(answer.body().replace(base, "http://it"))
                            : null);
        }

        private static JsonNode json(String body) {
            try {
                JsonNode tree = JSON.readTree(body);
                return tree == null || tree.isMissingNode() ? null : tree;
            } catch (IOException e) {
                throw new AssertionError("Said to be JSON, but is not: " + body, e);
            }
        }

        boolean isSuccess() {
            return status / 100 == 2;
        }

        /** The JSON of a success. */
        JsonNode requireJson() {
            if (!isSuccess() || json == null) {
                throw new AssertionError("Expected a success, with JSON: " + this);
            }
            return json;
        }
    }
}
