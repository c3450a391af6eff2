package dev.drey.server.jars;

import dev.drey.model.jars.JarPlanRequestBody;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;

/** The query parameters of every program. Each counts only where the body is silent. */
public final class JarPlanQuery {

    private static final String ENTRY_CLASS = "entry-class";
    private static final String PARALLELISM = "parallelism";
    private static final String PROGRAM_ARG = "programArg";

    @QueryParam(ENTRY_CLASS)
    private List<String> entryClass;

    @QueryParam(PARALLELISM)
    private List<String> parallelism;

    @QueryParam(PROGRAM_ARG)
    private List<String> programArgs;

    /** What is asked for in all. */
    JarPlanRequestBody under(JarPlanRequestBody body) {
        Integer queried = single(PARALLELISM, parallelism).map(JarPlanQuery::number).orElse(null);
        String entry = text(ENTRY_CLASS, entryClass);
        return new JarPlanRequestBody(
                isEmpty(body.entryClassName()) ? entry : body.entryClassName(),
                body.programArgumentsList() == null
                        ? values(programArgs)
                        : body.programArgumentsList(),
                body.parallelism() == null ? queried : body.parallelism(),
                body.jobId(),
                body.flinkConfiguration());
    }

    static Optional<String> single(String name, List<String> parameters) {
        List<String> values = values(parameters);
        if (values.size() > 1) {
            throw new BadRequestException(
                    "Parameter '%s': one value is expected, not %s".formatted(name, values));
        }
        return values.stream().findFirst();
    }

    /** The same, where an empty one is none. */
    static String text(String name, List<String> parameters) {
        return single(name, parameters).filter(value -> !value.isEmpty()).orElse(null);
    }

    static boolean isEmpty(String value) {
        return value == null || value.isEmpty();
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new BadRequestException(
                    "Parameter '%s': '%s' is no number".formatted(PARALLELISM, value), e);
        }
    }

    /**
     * Flink reads every query parameter as a list with commas, repeated or not, and does not see
     * what is empty at its end.
     */
    private static List<String> values(List<String> parameters) {
        return parameters.isEmpty()
                ? List.of()
                : List.of(String.join(",", parameters).split(",", 0));
    }
}
