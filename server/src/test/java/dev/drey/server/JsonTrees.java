package dev.drey.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.runtime.rest.messages.ResponseBody;
import org.apache.flink.runtime.rest.util.RestMapperUtils;

/** Answers as trees, in which the order of fields does not count. */
public final class JsonTrees {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A message of Flink's as Flink's own endpoint writes it. */
    public static JsonNode ofFlink(ResponseBody message) {
        try {
            return of(RestMapperUtils.getStrictObjectMapper().writeValueAsString(message));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A body as this server writes it. */
    public static JsonNode ofDrey(Object body) {
        try {
            return of(MAPPER.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode of(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonTrees() {}
}
