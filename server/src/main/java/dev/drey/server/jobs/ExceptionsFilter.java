package dev.drey.server.jobs;

import dev.drey.server.http.QueryValues;
import jakarta.ws.rs.BadRequestException;
import java.util.List;
import java.util.Map;

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
        List<Integer> limits =
                QueryValues.of(maxExceptions).stream().map(ExceptionsFilter::number).toList();
        int limit = limits.isEmpty() ? DEFAULT_LIMIT : limits.get(0);
        if (limit < 0) {
            throw new BadRequestException(
                    "Parameter '%s': %d is negative".formatted(MAX_EXCEPTIONS, limit));
        }
        return new ExceptionsFilter(
                limit,
                QueryValues.of(failureLabels).stream().map(ExceptionsFilter::label).toList());
    }

    boolean admits(Map<String, String> labelsOfFailure) {
        return labels.stream()
                .allMatch(label -> label.value().equals(labelsOfFailure.get(label.key())));
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
