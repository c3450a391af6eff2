package dev.drey.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How JSON that was read and written again differs from what was sent. A field that is null and one
 * that is missing are alike; a zero is neither.
 */
final class JsonDifferences {
    static final String LOST = "lost ";

    private final List<String> differences = new ArrayList<>();

    /** One line for each difference. */
    static List<String> between(JsonNode sent, JsonNode read) {
        JsonDifferences comparison = new JsonDifferences();
        comparison.compare("$", sent, read);
        return comparison.differences;
    }

    private void compare(String path, JsonNode sent, JsonNode read) {
        if (isAbsent(sent)) {
            if (!isAbsent(read) && !(read.isContainerNode() && read.isEmpty())) {
                differences.add("invented %s: %s".formatted(path, read));
            }
        } else if (isAbsent(read)) {
            differences.add(LOST + path);
        } else if (sent.isObject() && read.isObject()) {
            Set<String> names = new TreeSet<>();
            sent.fieldNames().forEachRemaining(names::add);
            read.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path + "." + name, sent.path(name), read.path(name)));
        } else if (sent.isArray() && read.isArray() && sent.size() == read.size()) {
            for (int i = 0; i < sent.size(); i++) {
                compare(path + "[]", sent.get(i), read.get(i));
            }
        } else if (!isSame(sent, read)) {
            differences.add("changed %s: %s to %s".formatted(path, sent, read));
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean isSame(JsonNode sent, JsonNode read) {
        if (sent.isNumber() && read.isNumber()) {
            return sent.decimalValue().compareTo(read.decimalValue()) == 0;
        }
        return sent.equals(read);
    }

    private JsonDifferences() {}
}
