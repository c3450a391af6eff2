package dev.drey.server.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.drey.server.error.Failures;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** An empty body is {@code {}}; what cannot be read is 400 with a line that says where and why. */
public final class JsonBodyInterceptor implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (!MediaType.APPLICATION_JSON_TYPE.isCompatible(context.getMediaType())) {
            return context.proceed();
        }
        PushbackInputStream body = new PushbackInputStream(context.getInputStream());
        int first = body.read();
        if (first < 0) {
            context.setInputStream(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)));
        } else {
            body.unread(first);
            context.setInputStream(body);
        }
        Object value;
        try {
            value = context.proceed();
        } catch (JsonProcessingException e) {
            throw new BadRequestException(describe(e), e);
        }
        if (value == null) {
            throw new BadRequestException("The request body is null: send a JSON object");
        }
        return value;
    }

    private static String describe(JsonProcessingException e) {
        StringBuilder line = new StringBuilder("The request body cannot be read");
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            line.append(": field '")
                    .append(
                            mapping.getPath().stream()
                                    .map(JsonBodyInterceptor::step)
                                    .collect(Collectors.joining(".")))
                    .append("'");
        }
        JsonLocation location = e.getLocation();
        if (location != null && location.getLineNr() > 0) {
            line.append(" (line ")
                    .append(location.getLineNr())
                    .append(", column ")
                    .append(location.getColumnNr())
                    .append(')');
        }
        return line.append(": ").append(reason(e)).toString();
    }

    private static String reason(JsonProcessingException e) {
        Throwable root = Failures.root(e);
        return Failures.line(
                root instanceof JsonProcessingException json
                        ? json.getOriginalMessage()
                        : root.getMessage());
    }

    private static String step(JsonMappingException.Reference reference) {
        return reference.getFieldName() == null
                ? String.valueOf(reference.getIndex())
                : reference.getFieldName();
    }
}
