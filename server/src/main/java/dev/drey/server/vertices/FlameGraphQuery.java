package dev.drey.server.vertices;

import dev.drey.model.vertices.FlameGraphType;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The query parameters of a flame graph. As in Flink all values must parse, and the first counts.
 */
public final class FlameGraphQuery {

    private static final String TYPE = "type";
    private static final String SUBTASK_INDEX = "subtaskindex";

    @QueryParam(TYPE)
    private List<String> type;

    @QueryParam(SUBTASK_INDEX)
    private List<String> subtaskIndex;

    FlameGraphType type() {
        return values(type, FlameGraphQuery::type).stream().findFirst().orElse(FlameGraphType.FULL);
    }

    /** The subtask that is asked for; empty: all of the vertex. */
    OptionalInt subtask() {
        return values(subtaskIndex, FlameGraphQuery::index).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    private static <T> List<T> values(List<String> parameters, Function<String, T> parse) {
        return parameters.isEmpty()
                ? List.of()
                : Arrays.stream(String.join(",", parameters).split(",", 0)).map(parse).toList();
    }

    private static FlameGraphType type(String value) {
        return Arrays.stream(FlameGraphType.values())
                .filter(type -> type.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(
                        () ->
                                new BadRequestException(
                                        "Parameter '%s': '%s' is none of %s"
                                                .formatted(
                                                        TYPE,
                                                        value,
                                                        Arrays.toString(FlameGraphType.values())
                                                                .toLowerCase(Locale.ROOT))));
    }

    private static int index(String value) {
        try {
            int index = Integer.parseInt(value);
            if (index >= 0) {
                return index;
            }
        } catch (NumberFormatException e) {
            throw noIndex(value, e);
        }
        throw noIndex(value, null);
    }

    private static BadRequestException noIndex(String value, NumberFormatException cause) {
        return new BadRequestException(
                "Parameter '%s': '%s' is no index: they start at 0".formatted(SUBTASK_INDEX, value),
                cause);
    }
}
