package dev.drey.server.jobs;

import jakarta.ws.rs.BadRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which failures of a job are asked for.
 *
 * @param limit how many at most
 * @param labels what all of them have
 */
record ExceptionsFilter(int limit, List<FailureLabel> labels) {

    static final String MAX_EXCEPTIONS = "maxExceptions";
    static final String FAILURE_LABEL_FILTER = "failureLabelFilter";

    private static final int DEFAULT_LIMIT = 20;

    /** A word about a failure. */
    record FailureLabel(String key, String value) {}

    /** Of several limits the first counts, and of several labels each. */
    static ExceptionsFilter of(List<String> maxExceptions, List<String> failureLabels) {
        List<Integer> limits = values(maxExceptions).map(ExceptionsFilter::number).toList();
        int limit = limits.isEmpty() ? DEFAULT_LIMIT : limits.get(0);
        if (limit < 0) {
            throw new BadRequestException(
                    "Parameter '%s': %d is negative".formatted(MAX_EXCEPTIONS, limit));
        }
        return new ExceptionsFilter(
                limit, values(failureLabels).map(ExceptionsFilter::label).toList());
    }

    boolean admits(Map<String, String> labelsOfFailure) {
        return labels.stream()
                .allMatch(label -> label.value().equals(labelsOfFailure.get(label.key())));
    }

    /** Flink reads every query parameter as a list with commas; what is empty at its end is not. */
    private static Stream<String> values(List<String> parameters) {
        return parameters.isEmpty()
                ? Stream.empty()
                : Arrays.stream(String.join(",", parameters).split(",", 0));
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new BadRequestException(
                    "Parameter '%s': '%s' is no number".formatted(MAX_EXCEPTIONS, value), e);
        }
    }

    private static FailureLabel label(String value) {
        String[] parts = value.split(":", 0);
        if (parts.length != 2) {
            throw new BadRequestException(
                    "Parameter '%s': '%s' is no label: expected key:value"
                            .formatted(FAILURE_LABEL_FILTER, value));
        }
        return new FailureLabel(parts[0], parts[1]);
    }
}
