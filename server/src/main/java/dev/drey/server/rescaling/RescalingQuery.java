package dev.drey.server.rescaling;

import dev.drey.server.http.QueryValues;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** The query parameters of a rescaling. What they do is not undone: each must be understood. */
public final class RescalingQuery {

    static final String ALLOW_STATE_LOSS = "allowStateLoss";

    private static final String PARALLELISM = "parallelism";
    private static final String RESTORE_ON_FAILURE = "restoreOnFailure";
    private static final String DRY_RUN = "dryRun";

    @QueryParam(PARALLELISM)
    private List<String> parallelism;

    @QueryParam(RESTORE_ON_FAILURE)
    private List<String> restoreOnFailure;

    @QueryParam(ALLOW_STATE_LOSS)
    private List<String> allowStateLoss;

    @QueryParam(DRY_RUN)
    private List<String> dryRun;

    RescalingRequest request() {
        return new RescalingRequest(
                parallelism(),
                isTrue(RESTORE_ON_FAILURE, restoreOnFailure),
                isTrue(ALLOW_STATE_LOSS, allowStateLoss));
    }

    boolean isDryRun() {
        return isTrue(DRY_RUN, dryRun);
    }

    private int parallelism() {
        String value = single(PARALLELISM, parallelism);
        if (value.isEmpty()) {
            throw refusal(PARALLELISM, "it is missing", null);
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refusal(PARALLELISM, "'%s' is no whole number".formatted(value), e);
        }
        throw refusal(PARALLELISM, "it must be 1 or more, not " + value, null);
    }

    private static boolean isTrue(String name, List<String> parameters) {
        if (parameters.isEmpty()) {
            return false;
        }
        String value = single(name, parameters);
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw refusal(name, "'%s' is neither true nor false".formatted(value), null);
        }
        return Boolean.parseBoolean(value);
    }

    private static String single(String name, List<String> parameters) {
        List<String> values = QueryValues.of(parameters);
        if (values.size() > 1) {
            throw refusal(name, "one value is expected, not " + values, null);
        }
        return values.isEmpty() ? "" : values.get(0);
    }

    private static BadRequestException refusal(String name, String reason, Throwable cause) {
        return new BadRequestException("Parameter '%s': %s".formatted(name, reason), cause);
    }
}
