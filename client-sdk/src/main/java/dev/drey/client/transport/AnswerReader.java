package dev.drey.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.UnreadableAnswerException;
import dev.drey.client.error.UnsupportedByServerException;
import dev.drey.model.error.ErrorResponseBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Turns the bytes of an answer into a body, or into the exception that says why there is none. */
final class AnswerReader {
    private static final int EXCERPT_LENGTH = 120;
    private static final String VERSION = "/v1";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private final ObjectMapper json;
    private final BodyType<ErrorResponseBody> errors;

    AnswerReader(ObjectMapper json) {
        this.json = json;
        this.errors = new BodyType<>(json.constructType(ErrorResponseBody.class));
    }

    /** The head of an answer. */
    record Reply(String method, URI uri, URI endpoint, int status, HttpHeaders headers) {
        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }
    }

    /** The type of a body, known to the compiler and to Jackson. */
    @SuppressWarnings("UnusedTypeParameter")
    record BodyType<T>(JavaType json) {}

    /**
     * @param bytes the body as it came
     */
    <T> T read(Reply answer, byte[] bytes, BodyType<T> type) {
        String text = decode(answer, bytes);
        if (answer.status() < 200 || answer.status() > 299) {
            throw refusal(answer, text);
        }
        T body = parse(answer, text, type);
        if (body == null) {
            throw unexpected(answer, text, null);
        }
        return body;
    }

    private static String decode(Reply answer, byte[] bytes) {
        String encoding = answer.header("Content-Encoding");
        if (encoding == null || encoding.equalsIgnoreCase("identity") || bytes.length == 0) {
            return new String(bytes, UTF_8);
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw unreadable(answer, "its body is encoded as %s".formatted(encoding), null);
        }
        try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] plain = unzipped.readNBytes(HttpConnector.MAX_ANSWER_BYTES);
            if (unzipped.read() >= 0) {
                throw new IOException(
                        "it is larger than %d bytes".formatted(HttpConnector.MAX_ANSWER_BYTES));
            }
            return new String(plain, UTF_8);
        } catch (IOException e) {
            throw unreadable(answer, "its body cannot be unzipped: " + e.getMessage(), e);
        }
    }

    private FlinkRestException refusal(Reply answer, String text) {
        String location = answer.header("Location");
        if (location != null) {
            return unreadable(
                    answer,
                    ("it redirects to %s; only reads are redirected, within the endpoint's origin"
                                    + " and at most %d times")
                            .formatted(location, SameOriginRedirects.MOST),
                    null);
        }
        ErrorResponseBody body = parse(answer, text, errors);
        if (body == null || body.errors().isEmpty()) {
            throw unexpected(answer, text, null);
        }
        return missed(answer, body.errors())
                .<FlinkRestException>map(
                        late ->
                                new UnsupportedByServerException(
                                        answer.method(),
                                        answer.uri(),
                                        answer.endpoint(),
                                        answer.status(),
                                        body.errors(),
                                        late.route(),
                                        late.since()))
                .orElseGet(
                        () ->
                                new FlinkRestException(
                                        answer.method(),
                                        answer.uri(),
                                        answer.endpoint(),
                                        answer.status(),
                                        body.errors(),
                                        retryAfter(answer)));
    }

    private static Optional<LateRoutes.LateRoute> missed(Reply answer, List<String> errors) {
        String path = answer.uri().getRawPath();
        return LateRoutes.missed(
                answer.method(),
                path.substring(path.indexOf(VERSION) + VERSION.length()),
                answer.status(),
                errors);
    }

    private <T> T parse(Reply answer, String text, BodyType<T> type) {
        try {
            return json.readValue(text, type.json());
        } catch (JsonProcessingException e) {
            throw unexpected(answer, text, e);
        }
    }

    private static UnreadableAnswerException unreadable(
            Reply answer, String reason, Throwable cause) {
        return new UnreadableAnswerException(
                answer.method(),
                answer.uri(),
                answer.endpoint(),
                answer.status(),
                reason,
                retryAfter(answer),
                cause);
    }

    /** {@code null} if the answer does not tell. */
    private static Duration retryAfter(Reply answer) {
        String text = answer.header("Retry-After");
        if (text == null) {
            return null;
        }
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            // A date is the server's, and so is the clock that it is to be read by.
            String now = answer.header("Date");
            Duration wait = Duration.between(now == null ? Instant.now() : date(now), date(text));
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Instant date(String text) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    }

    private static UnreadableAnswerException unexpected(
            Reply answer, String body, Throwable cause) {
        return unreadable(answer, describe(answer.header("Content-Type"), body), cause);
    }

    private static String describe(String contentType, String body) {
        if (body.isBlank()) {
            return "its body is empty";
        }
        String text = body.replaceAll("\\s+", " ");
        String excerpt =
                text.length() <= EXCERPT_LENGTH
                        ? text
                        : text.substring(0, EXCERPT_LENGTH) + "\u2026";
        return "its body (%d characters, %s) is not the expected JSON: %s"
                .formatted(
                        body.length(),
                        contentType == null ? "no content type" : contentType,
                        excerpt);
    }
}
