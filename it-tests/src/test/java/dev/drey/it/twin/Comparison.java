package dev.drey.it.twin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Drey's JSON against two readings of Flink's, one taken before it and one after. All of it must be
 * equal, but for what the clock moves: that lies between the two readings. Where they are equal,
 * nothing is left to the clock.
 */
final class Comparison {

    /** Fields, and all numbers below them, that time alone changes in one direction. */
    private static final Set<String> CLOCK =
            Set.of(
                    "now",
                    "duration",
                    "timeSinceLastHeartbeat",
                    "status-duration",
                    "accumulated-backpressured-time",
                    "accumulated-idle-time",
                    "end-timestamp",
                    "endTimestamp",
                    "size",
                    "mtime");

    private final Set<String> measured;
    private final Set<String> unordered;
    private final List<String> differences = new ArrayList<>();

    private Comparison(Set<String> measured, Set<String> unordered) {
        this.measured = measured;
        this.unordered = unordered;
    }

    /**
     * What is wrong with Drey's answer, a line for each place; empty if nothing is.
     *
     * @param measured fields whose values jump: where Flink's readings differ, only the form counts
     */
    static List<String> differences(
            Set<String> measured, JsonNode before, JsonNode drey, JsonNode after) {
        return differences(measured, Set.of(), before, drey, after);
    }

    /**
     * What is wrong with Drey's answer, a line for each place; empty if nothing is.
     *
     * @param measured fields whose values jump: where Flink's readings differ, only the form counts
     * @param unordered fields whose arrays come from a hash map, {@code $} for the answer itself
     */
    static List<String> differences(
            Set<String> measured,
            Set<String> unordered,
            JsonNode before,
            JsonNode drey,
            JsonNode after) {
        Comparison comparison = new Comparison(measured, unordered);
        comparison.node("$", "$", false, before, drey, after);
        return comparison.differences;
    }

    private void node(
            String path,
            String field,
            boolean clock,
            JsonNode before,
            JsonNode drey,
            JsonNode after) {
        if (measured.contains(field) && !before.equals(after)) {
            form(path, before, drey);
        } else if (!kind(before).equals(kind(drey))) {
            differ(path, before, drey);
        } else if (drey.isObject()) {
            object(path, clock, before, drey, after);
        } else if (drey.isArray()) {
            array(path, field, clock, before, drey, after);
        } else if (!before.equals(drey) && !(clock && isBetween(before, drey, after))) {
            differ(path, before, drey);
        }
    }

    private void object(
            String path, boolean clock, JsonNode before, JsonNode drey, JsonNode after) {
        for (String name : names(before, drey)) {
            String below = path + "." + name;
            if (!drey.has(name)) {
                differences.add("%s is missing: Flink has %s".formatted(below, before.get(name)));
            } else if (!before.has(name)) {
                differences.add("%s is not Flink's: %s".formatted(below, drey.get(name)));
            } else {
                node(
                        below,
                        name,
                        clock || CLOCK.contains(name),
                        before.get(name),
                        drey.get(name),
                        after.path(name));
            }
        }
    }

    private void array(
            String path,
            String field,
            boolean clock,
            JsonNode before,
            JsonNode drey,
            JsonNode after) {
        if (before.size() != drey.size()) {
            differences.add(
                    "%s has %d elements, Flink's %d: %s and %s"
                            .formatted(path, drey.size(), before.size(), drey, before));
            return;
        }
        boolean sort = unordered.contains(field);
        List<JsonNode> ours = elements(drey, sort);
        List<JsonNode> first = elements(before, sort);
        List<JsonNode> second = elements(after, sort);
        for (int i = 0; i < ours.size(); i++) {
            node(
                    path + "[" + i + "]",
                    "[]",
                    clock,
                    first.get(i),
                    ours.get(i),
                    second.size() == first.size() ? second.get(i) : after.path("none"));
        }
    }

    private static List<JsonNode> elements(JsonNode array, boolean sort) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        if (sort) {
            elements.sort((a, b) -> key(a).compareTo(key(b)));
        }
        return elements;
    }

    private static String key(JsonNode element) {
        return element.has("id") ? element.get("id").asText() : element.toString();
    }

    /** The same kinds of values under the same names; how many elements there are is measured. */
    private void form(String path, JsonNode flink, JsonNode drey) {
        if (!kind(flink).equals(kind(drey))) {
            differ(path, flink, drey);
        } else if (drey.isObject()) {
            for (String name : names(flink, drey)) {
                if (flink.has(name) && drey.has(name)) {
                    form(path + "." + name, flink.get(name), drey.get(name));
                } else {
                    differ(path + "." + name, flink.path(name), drey.path(name));
                }
            }
        } else if (drey.isArray() && !flink.isEmpty()) {
            for (int i = 0; i < drey.size(); i++) {
                form(path + "[" + i + "]", flink.get(0), drey.get(i));
            }
        }
    }

    private static boolean isBetween(JsonNode before, JsonNode drey, JsonNode after) {
        if (!kind(after).equals(kind(drey))) {
            return false;
        }
        try {
            BigDecimal value = new BigDecimal(drey.asText());
            BigDecimal one = new BigDecimal(before.asText());
            BigDecimal other = new BigDecimal(after.asText());
            return value.compareTo(one.min(other)) >= 0 && value.compareTo(one.max(other)) <= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** An integer and a number with a fraction are two kinds. */
    private static String kind(JsonNode node) {
        return node.getNodeType() == JsonNodeType.NUMBER
                ? node.isIntegralNumber() ? "INTEGER" : "FRACTION"
                : node.getNodeType().name();
    }

    private static Set<String> names(JsonNode one, JsonNode other) {
        Set<String> names = new TreeSet<>();
        one.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void differ(String path, JsonNode flink, JsonNode drey) {
        differences.add("%s is %s, Flink's %s".formatted(path, drey, flink));
    }
}
