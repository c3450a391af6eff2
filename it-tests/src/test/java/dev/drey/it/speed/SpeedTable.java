package dev.drey.it.speed;

import dev.drey.it.speed.Wrk.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What was measured, as ratios: they say the same on another machine, more or less. */
final class SpeedTable {

    private final List<Integer> connections;
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param connections the columns
     */
    SpeedTable(List<Integer> connections) {
        this.connections = connections;
    }

    /** The same load on all three, one after the other. */
    record Round(Measurement stock, Measurement drey, Measurement ceiling) {

        double throughputToStock() {
            return drey.requestsPerSecond() / stock.requestsPerSecond();
        }

        double p99ToStock() {
            return drey.p99Millis() / stock.p99Millis();
        }

        double throughputToCeiling() {
            return drey.requestsPerSecond() / ceiling.requestsPerSecond();
        }

        Optional<String> error() {
            return named("stock", stock)
                    .or(() -> named("Drey", drey))
                    .or(() -> named("the ceiling", ceiling));
        }

        private static Optional<String> named(String who, Measurement measurement) {
            return measurement.errors().stream().findFirst().map(error -> who + ": " + error);
        }
    }

    private record Route(int bytes, Map<Integer, List<Round>> rounds) {}

    /** Adds a row. */
    void route(String route, int bytes) {
        routes.put(route, new Route(bytes, new LinkedHashMap<>()));
    }

    /** Adds a round to the row of {@code route}; one with errors voids the cells of its column. */
    void add(String route, int connections, Round round) {
        routes.get(route)
                .rounds()
                .computeIfAbsent(connections, none -> new ArrayList<>())
                .add(round);
        round.error()
                .ifPresent(
                        error ->
                                note(
                                        "`%s` at %d connections is void. %s"
                                                .formatted(route, connections, error)));
    }

    /** Adds a line below the table. */
    void note(String note) {
        notes.add(note);
    }

    /** The ratios, a row for each route. */
    String ratios() {
        String at = connections.stream().map(String::valueOf).collect(Collectors.joining(" / "));
        StringBuilder table = new StringBuilder();
        table.append(
                """
                | at %s connections | answer | requests/s, Drey ÷ stock | p99 latency, Drey ÷ stock | requests/s, Drey ÷ ceiling |
                |---|---|---|---|---|
                """
                        .formatted(at));
        routes.forEach(
                (name, route) ->
                        table.append(
                                "| `%s` | %s | %s | %s | %s |\n"
                                        .formatted(
                                                name,
                                                size(route.bytes()),
                                                cells(route, Round::throughputToStock),
                                                cells(route, Round::p99ToStock),
                                                cells(route, Round::throughputToCeiling))));
        if (!notes.isEmpty()) {
            table.append('\n');
            notes.forEach(note -> table.append("- ").append(note).append('\n'));
        }
        return table.toString();
    }

    /** What the ratios were made of; these are figures of one machine in one hour. */
    String rounds() {
        StringBuilder table = new StringBuilder();
        table.append(
                """
                | route | connections | stock requests/s | p99 ms | Drey requests/s | p99 ms | ceiling requests/s | p99 ms |
                |---|---|---|---|---|---|---|---|
                """);
        for (Map.Entry<String, Route> route : routes.entrySet()) {
            route.getValue()
                    .rounds()
                    .forEach(
                            (number, rounds) ->
                                    rounds.stream()
                                            .map(round -> row(route.getKey(), number, round))
                                            .forEach(table::append));
        }
        return table.toString();
    }

    private String cells(Route route, ToDoubleFunction<Round> ratio) {
        return connections.stream()
                .map(number -> route.rounds().getOrDefault(number, List.of()))
                .map(rounds -> median(rounds, ratio))
                .map(median -> median.isPresent() ? number("%.2f", median.getAsDouble()) : "void")
                .collect(Collectors.joining(" / "));
    }

    private static OptionalDouble median(List<Round> rounds, ToDoubleFunction<Round> ratio) {
        if (rounds.isEmpty() || rounds.stream().anyMatch(round -> round.error().isPresent())) {
            return OptionalDouble.empty();
        }
        double[] sorted = rounds.stream().mapToDouble(ratio).sorted().toArray();
        int middle = sorted.length / 2;
        return OptionalDouble.of(
                sorted.length % 2 == 1
                        ? sorted[middle]
                        : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    private static String row(String route, int connections, Round round) {
        return "| `%s` | %d | %s | %s | %s |\n"
                .formatted(
                        route,
                        connections,
                        figures(round.stock()),
                        figures(round.drey()),
                        figures(round.ceiling()));
    }

    private static String figures(Measurement measurement) {
        return measurement.errors().isEmpty()
                ? number("%.0f | %.2f", measurement.requestsPerSecond(), measurement.p99Millis())
                : "void | void";
    }

    private static String size(int bytes) {
        return number("%.1f kB", bytes / 1000.0);
    }

    private static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
