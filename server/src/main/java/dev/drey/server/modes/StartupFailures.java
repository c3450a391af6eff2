package dev.drey.server.modes;

import dev.drey.server.error.Failures;
import dev.drey.server.error.StartupException;
import org.apache.flink.util.ExceptionUtils;

/** Why a cluster does not start, in one line. */
final class StartupFailures {

    static StartupException explained(Throwable failure) {
        return ExceptionUtils.findThrowable(failure, StartupException.class)
                .orElseGet(
                        () ->
                                new StartupException(
                                        "The cluster cannot start: "
                                                + Failures.line(mostTelling(failure)),
                                        failure));
    }

    /** Flink names the option in the failure above the parser's own. */
    private static Throwable mostTelling(Throwable failure) {
        return ExceptionUtils.findThrowable(failure, StartupFailures::namesAnOption)
                .orElseGet(() -> Failures.root(failure));
    }

    private static boolean namesAnOption(Throwable failure) {
        return failure instanceof IllegalArgumentException
                && failure.getMessage() != null
                && failure.getMessage().startsWith("Could not parse value");
    }

    private StartupFailures() {}
}
