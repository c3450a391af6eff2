package dev.drey.it.twin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.drey.it.twin.Endpoint.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong with an answer of Drey, a line for each fault; empty if nothing is. */
final class Verdict {

    /** A saw: what a task has not yet counted as idle counts as busy. */
    private static final String SAW = "accumulated-busy-time";

    /** A sink's writer has these until it starts, and takes them back for others. */
    private static final Pattern PASSING = Pattern.compile(".*_Writer\\.num(Bytes|Records)Out");

    /** What is made for each request: ids, and where a failure was met. */
    private static final Set<String> OF_ONE_REQUEST =
            Set.of(
                    "filename",
                    "jobid",
                    "jid",
                    "applicationId",
                    "applicationid",
                    "request-id",
                    "triggerTime",
                    "stack-trace",
                    "serialized-throwable");

    /** On an answer that shows what is there. */
    static List<String> onRead(Route route, Answer before, Answer drey, Answer after) {
        if (!before.isSuccess()) {
            return onRefusal(before, drey, false);
        }
        List<String> faults = onHead(before, drey);
        if (!faults.isEmpty()) {
            return faults;
        }
        if (before.json() == null || drey.json() == null || after.json() == null) {
            return onText(before, drey, after);
        }
        return Comparison.differences(
                measured(route),
                unordered(route),
                lasting(route, before.json()),
                lasting(route, drey.json()),
                isSampled(route) ? MissingNode.getInstance() : lasting(route, after.json()));
    }

    /** On the answer to a request that both were sent, and each has fulfilled for itself. */
    static List<String> onWrite(Answer flink, Answer drey) {
        if (!flink.isSuccess()) {
            return onRefusal(flink, drey, false);
        }
        List<String> faults = onHead(flink, drey);
        return faults.isEmpty() && flink.json() != null && drey.json() != null
                ? Comparison.differences(
                        OF_ONE_REQUEST, flink.json(), drey.json(), MissingNode.getInstance())
                : faults;
    }

    /**
     * On the refusal of what Flink refuses: with its status, unless that takes the blame for the
     * request, and in one line of words.
     *
     * @param malformed whether Flink may have taken something malformed for something unknown
     */
    static List<String> onRefusal(Answer flink, Answer drey, boolean malformed) {
        List<String> faults = new ArrayList<>();
        boolean expected =
                flink.status() >= 500
                        ? drey.status() / 100 == 4
                        : drey.status() == flink.status()
                                || (malformed && flink.status() == 404 && drey.status() == 400);
        if (!expected) {
            faults.add("status is %d, Flink's %d".formatted(drey.status(), flink.status()));
        }
        faults.addAll(onErrors(drey));
        return faults;
    }

    /** On the form of an error. */
    static List<String> onErrors(Answer drey) {
        JsonNode errors = drey.json() == null ? null : drey.json().get("errors");
        if (errors == null || !errors.isArray() || errors.isEmpty() || drey.json().size() != 1) {
            return List.of("no list of errors: " + drey.body());
        }
        List<String> faults = new ArrayList<>();
        for (JsonNode error : errors) {
            if (!error.isTextual() || error.asText().isBlank() || error.asText().contains("\n")) {
                faults.add("not one line: " + error);
            }
        }
        return faults;
    }

    private static List<String> onHead(Answer flink, Answer drey) {
        List<String> faults = new ArrayList<>();
        if (drey.status() != flink.status()) {
            faults.add(
                    "status is %d, Flink's %d: %s"
                            .formatted(drey.status(), flink.status(), drey.body()));
        }
        if (!drey.contentType().equals(flink.contentType())) {
            faults.add(
                    "content type is %s, Flink's %s"
                            .formatted(drey.contentType(), flink.contentType()));
        }
        if (flink.allowedOrigin().isPresent()
                && !drey.allowedOrigin().equals(flink.allowedOrigin())) {
            faults.add(
                    "allowed origin is %s, Flink's %s"
                            .formatted(drey.allowedOrigin(), flink.allowedOrigin()));
        }
        return faults;
    }

    /** A log may have grown between two readings. */
    private static List<String> onText(Answer before, Answer drey, Answer after) {
        if (drey.body().startsWith(before.body()) && after.body().startsWith(drey.body())) {
            return List.of();
        }
        return List.of(
                "text of %d characters, Flink's %d and then %d"
                        .formatted(
                                drey.body().length(),
                                before.body().length(),
                                after.body().length()));
    }

    /** What jumps from one moment to the next, and either endpoint takes at its own. */
    private static Set<String> measured(Route route) {
        return switch (route.path()) {
            case "/taskmanagers/:taskmanagerid" -> Set.of("metrics");
            case "/jobmanager/thread-dump", "/taskmanagers/:taskmanagerid/thread-dump" ->
                    Set.of("threadInfos");
            case "/jobs/:jobid/vertices/:vertexid/flamegraph" -> Set.of("data", "endTimestamp");
            case "/jobs/:jobid/vertices/:vertexid/backpressure" ->
                    Set.of("ratio", "idleRatio", "busyRatio");
            case "/jars/:jarid/plan" -> Set.of("jid");
            default -> Set.of(SAW);
        };
    }

    /** Samples are kept for a while by the endpoint that has taken them. */
    private static boolean isSampled(Route route) {
        return route.path().endsWith("/flamegraph");
    }

    /**
     * Without the metrics that an endpoint knows only if it asked in the moment they were there.
     */
    private static JsonNode lasting(Route route, JsonNode answer) {
        if (unordered(route).isEmpty() || !answer.isArray()) {
            return answer;
        }
        ArrayNode lasting = JsonNodeFactory.instance.arrayNode();
        for (JsonNode metric : answer) {
            if (!PASSING.matcher(metric.path("id").asText()).matches()) {
                lasting.add(metric);
            }
        }
        return lasting;
    }

    private static Set<String> unordered(Route route) {
        return route.path().endsWith("/metrics") || route.path().endsWith("-metrics")
                ? Set.of("$")
                : Set.of();
    }

    private Verdict() {}
}
