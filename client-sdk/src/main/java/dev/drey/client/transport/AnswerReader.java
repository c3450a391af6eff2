package dev.drey.client.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.UnreadableAnswerException;
import dev.drey.model.error.ErrorResponseBody;
import java.net.URI;

/** Turns the bytes of an answer into a body, or into the exception that says why there is none. */
final class AnswerReader {
    private static final int EXCERPT_LENGTH = 120;

    private final ObjectMapper json;
    private final BodyType<ErrorResponseBody> errors;

    AnswerReader(ObjectMapper json) {
        this.json = json;
        this.errors = new BodyType<>(json.constructType(ErrorResponseBody.class));
    }

    /** An answer as it came. */
    record Answer(
            String method, URI uri, int status, String contentType, String location, String body) {}

    /** The type of a body, known to the compiler and to Jackson. */
    @SuppressWarnings("UnusedTypeParameter")
    record BodyType<T>(JavaType json) {}

    <T> T read(Answer answer, BodyType<T> type) {
        if (answer.status() < 200 || answer.status() > 299) {
            throw refusal(answer);
        }
        T body = parse(answer, type);
        if (body == null) {
            throw unreadable(answer, null);
        }
        return body;
    }

    private FlinkRestException refusal(Answer answer) {
        if (answer.location() != null) {
            return new UnreadableAnswerException(
                    answer.method(),
                    answer.uri(),
                    answer.status(),
                    "it redirects to %s, and this client follows no redirects"
                            .formatted(answer.location()),
                    null);
        }
        ErrorResponseBody body = parse(answer, errors);
        if (body == null || body.errors().isEmpty()) {
            throw unreadable(answer, null);
        }
        return new FlinkRestException(
                answer.method(), answer.uri(), answer.status(), body.errors());
    }

    private <T> T parse(Answer answer, BodyType<T> type) {
        try {
            return json.readValue(answer.body(), type.json());
        } catch (JsonProcessingException e) {
            throw unreadable(answer, e);
        }
    }

    private static UnreadableAnswerException unreadable(Answer answer, Throwable cause) {
        return new UnreadableAnswerException(
                answer.method(), answer.uri(), answer.status(), describe(answer), cause);
    }

    private static String describe(Answer answer) {
        if (answer.body().isBlank()) {
            return "its body is empty";
        }
        String text = answer.body().replaceAll("\\s+", " ");
        String excerpt =
                text.length() <= EXCERPT_LENGTH
                        ? text
                        : text.substring(0, EXCERPT_LENGTH) + "\u2026";
        return "its body (%d characters, %s) is not the expected JSON: %s"
                .formatted(
                        answer.body().length(),
                        answer.contentType() == null ? "no content type" : answer.contentType(),
                        excerpt);
    }
}
