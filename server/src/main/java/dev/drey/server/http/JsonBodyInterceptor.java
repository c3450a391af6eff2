package dev.drey.server.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.drey.model.JobId;
import dev.drey.server.error.Failures;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * An empty body is {@code {}}; what cannot be read is 400 with a line that says where and why.
 * Unknown fields are passed over, unless the client prefers strict handling.
 */
public final class JsonBodyInterceptor implements ReaderInterceptor, ContainerResponseFilter {

    /** The part of a form that is the JSON body. */
    public static final String REQUEST_PART = "request";

    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);

    /** Set on requests whose bodies were read strictly. */
    private static final String STRICT = JsonBodyInterceptor.class.getName() + ".strict";

    private final ObjectReader lenient;
    private final ObjectReader strict;

    /**
     * @param json reads bodies, whatever unknown fields they have
     */
    public JsonBodyInterceptor(ObjectReader json) {
        this.lenient = requireNonNull(json, "json is null");
        this.strict = json.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (context.getType() == InputStream.class) {
            return context.proceed();
        }
        byte[] body =
                MediaType.APPLICATION_JSON_TYPE.isCompatible(context.getMediaType())
                        ? context.getInputStream().readAllBytes()
                        : requestPart(context);
        ObjectReader json = lenient;
        if (Preferences.areStrict(
                context.getHeaders().getOrDefault(Preferences.PREFER, List.of()))) {
            context.setProperty(STRICT, true);
            json = strict;
        }
        Object value;
        try {
            value =
                    json.forType(json.getTypeFactory().constructType(context.getGenericType()))
                            .readValue(body.length == 0 ? EMPTY_OBJECT : body);
        } catch (JsonProcessingException e) {
            throw refusal(e);
        } catch (CharConversionException e) {
            throw new BadRequestException(
                    "The request body cannot be read: " + Failures.line(e), e);
        }
        if (value == null) {
            throw new BadRequestException("The request body is null: send a JSON object");
        }
        return value;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(STRICT) != null) {
            response.getHeaders().add(Preferences.APPLIED, Preferences.STRICT);
        }
    }

    /** As in Flink, the JSON body may come as one part of a form. */
    private static byte[] requestPart(ReaderInterceptorContext context) {
        AtomicReference<byte[]> json = new AtomicReference<>(EMPTY_OBJECT);
        new MultipartForm(
                        context.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE),
                        context.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH),
                        context.getInputStream())
                .forEachPart(
                        (name, fileName, content) -> {
                            if (fileName != null) {
                                throw new BadRequestException("No file can be uploaded here");
                            }
                            if (!name.equals(REQUEST_PART)) {
                                throw new BadRequestException(
                                        "Unknown form field '%s': send '%s'"
                                                .formatted(name, REQUEST_PART));
                            }
                            json.set(content.readAllBytes());
                        });
        return json.get();
    }

    /** What is said to whoever sent such a body. */
    public static BadRequestException refusal(JsonProcessingException e) {
        return new BadRequestException(describe(e), e);
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
        if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
            return "'%s' is none of %s"
                    .formatted(
                            format.getValue(),
                            String.join(", ", RequestEnums.choices(format.getTargetType())));
        }
        if (e instanceof InvalidFormatException format
                && format.getValue() instanceof String text
                && isId(format.getTargetType())) {
            return "'%s' is no %s".formatted(text, words(format.getTargetType()));
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "it is unknown here; known are " + known(unknown);
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "expected " + kindOf(mismatch.getTargetType());
        }
        Throwable root = Failures.root(e);
        return Failures.line(
                root instanceof JsonProcessingException json
                        ? json.getOriginalMessage()
                        : root.getMessage());
    }

    private static String known(UnrecognizedPropertyException unknown) {
        String names =
                unknown.getKnownPropertyIds().stream()
                        .map(String::valueOf)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    private static String kindOf(Class<?> type) {
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type == String.class || type.isEnum() || isId(type) ? "a string" : "an object";
    }

    private static boolean isId(Class<?> type) {
        return type.isRecord()
                && type.getRecordComponents().length == 1
                && type.getPackage().equals(JobId.class.getPackage());
    }

    /** {@code JobVertexId} is a job vertex id. */
    private static String words(Class<?> type) {
        return type.getSimpleName()
                .replaceAll("(?<=.)(?=\\p{Upper})", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static String step(JsonMappingException.Reference reference) {
        return reference.getFieldName() == null
                ? String.valueOf(reference.getIndex())
                : reference.getFieldName();
    }
}
