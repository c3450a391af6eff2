package dev.drey.client.transport;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.drey.model.RawJson;
import java.io.IOException;
import java.io.StringWriter;

/** The client's JSON. Lenient in what it reads, because the answer may come from a newer Flink. */
final class ClientJson {

    static ObjectMapper mapper() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE)
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .addModule(new SimpleModule().addDeserializer(RawJson.class, new RawJsonReader()))
                .build();
    }

    private static final class RawJsonReader extends JsonDeserializer<RawJson> {
        @Override
        public RawJson deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            StringWriter text = new StringWriter();
            try (JsonGenerator copy = parser.getCodec().getFactory().createGenerator(text)) {
                copy.copyCurrentStructure(parser);
            }
            return new RawJson(text.toString());
        }
    }

    private ClientJson() {}
}
