package dev.drey.server.http;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Refuses in requests the enum value that the model has for what a newer server may answer: nobody
 * can ask for it.
 */
public final class RequestEnums extends SimpleModule {

    private static final long serialVersionUID = 1L;

    public RequestEnums() {
        setDeserializerModifier(
                new BeanDeserializerModifier() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public JsonDeserializer<?> modifyEnumDeserializer(
                            DeserializationConfig config,
                            JavaType type,
                            BeanDescription description,
                            JsonDeserializer<?> deserializer) {
                        return new Strict(deserializer);
                    }
                });
    }

    /** The values of {@code type} that a request may hold. */
    public static List<String> choices(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> (Enum<?>) constant)
                .filter(constant -> !standsForUnknown(constant))
                .map(Enum::name)
                .toList();
    }

    private static boolean standsForUnknown(Enum<?> constant) {
        try {
            return constant.getDeclaringClass()
                    .getField(constant.name())
                    .isAnnotationPresent(JsonEnumDefaultValue.class);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("An enum constant is a field of its class", e);
        }
    }

    private static final class Strict extends DelegatingDeserializer {

        private static final long serialVersionUID = 1L;

        Strict(JsonDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new Strict(delegate);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            Object value = super.deserialize(parser, context);
            if (value instanceof Enum<?> constant && standsForUnknown(constant)) {
                throw InvalidFormatException.from(
                        parser, "no value", constant.name(), constant.getDeclaringClass());
            }
            return value;
        }
    }
}
