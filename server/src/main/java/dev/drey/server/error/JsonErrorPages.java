package dev.drey.server.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.model.error.ErrorResponseBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.glassfish.grizzly.http.server.ErrorPageGenerator;
import org.glassfish.grizzly.http.server.Request;

/** Bodies of the errors that Grizzly answers itself, before a request reaches a route. */
public final class JsonErrorPages implements ErrorPageGenerator {

    public static final String CONTENT_TYPE = "application/json; charset=UTF-8";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public String generate(
            Request request, int status, String reason, String description, Throwable failure) {
        request.getResponse().setContentType(CONTENT_TYPE);
        return text(description == null || description.isBlank() ? reason : description);
    }

    /** The body that says {@code line}, in UTF-8. */
    public static byte[] body(String line) {
        return text(line).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(String line) {
        try {
            return MAPPER.writeValueAsString(new ErrorResponseBody(List.of(Failures.line(line))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A list of strings is always JSON", e);
        }
    }
}
