package dev.drey.server.metrics;

import dev.drey.server.http.QueryValues;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which subtasks are asked for, such as {@code 0,3,5-9}; all if there are no ranges. As in Flink,
 * what is no range stands for no subtask, and a subtask counts as often as it is named.
 */
record SubtaskRanges(List<String> ranges) {

    static SubtaskRanges of(List<String> parameters) {
        return new SubtaskRanges(QueryValues.of(parameters));
    }

    /** What is asked for of what there is. */
    <S> Collection<S> select(Map<Integer, S> subtasks) {
        if (ranges.isEmpty()) {
            return subtasks.values();
        }
        NavigableMap<Integer, S> sorted = new TreeMap<>(subtasks);
        return ranges.stream().flatMap(range -> select(range.trim(), sorted)).toList();
    }

    private static <S> Stream<S> select(String range, NavigableMap<Integer, S> subtasks) {
        int dash = range.indexOf('-');
        try {
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            return first > last
                    ? Stream.empty()
                    : subtasks.subMap(first, true, last, true).values().stream();
        } catch (NumberFormatException e) {
            return Stream.empty();
        }
    }
}
