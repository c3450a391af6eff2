package dev.drey.client;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Walks JSON together with what was read from it, so that records are told from maps. */
final class ReadAlong {
    private static final ObjectMapper JSON = new JsonMapper();

    /** Visits the objects of {@code node} that were read as records and maps, innermost first. */
    static void of(Object read, JsonNode node, BiConsumer<Object, ObjectNode> visitor) {
        if (read instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                of(list.get(i), node.path(i), visitor);
            }
        } else if (node instanceof ObjectNode object && isObject(read)) {
            fields(read).forEach((name, value) -> of(value, object.path(name), visitor));
            visitor.accept(read, object);
        }
    }

    /** What a record or a map has under each name on the wire. */
    static Map<String, Object> fields(Object read) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (read instanceof Map<?, ?> map) {
            map.forEach((key, value) -> fields.put(name(key), value));
        } else {
            for (BeanPropertyDefinition property : bean(read).findProperties()) {
                AnnotatedMember accessor = property.getAccessor();
                accessor.fixAccess(true);
                fields.put(property.getName(), accessor.getValue(read));
            }
        }
        return fields;
    }

    /**
     * Gives a field of {@code node} that an older Flink calls otherwise its present name; where it
     * has both, the present one counts.
     */
    static void renameAliases(Object read, ObjectNode node) {
        if (read instanceof Map) {
            return;
        }
        for (BeanPropertyDefinition property : bean(read).findProperties()) {
            for (PropertyName alias : property.findAliases()) {
                JsonNode value = node.remove(alias.getSimpleName());
                if (value != null && !node.has(property.getName())) {
                    node.set(property.getName(), value);
                }
            }
        }
    }

    /** How a key of a map is written. */
    static String name(Object key) {
        return JSON.convertValue(key, String.class);
    }

    private static boolean isObject(Object read) {
        return read instanceof Map
                || (read instanceof Record && bean(read).findJsonValueAccessor() == null);
    }

    private static BeanDescription bean(Object read) {
        return JSON.getSerializationConfig().introspect(JSON.constructType(read.getClass()));
    }

    private ReadAlong() {}
}
