package dev.drey.it.tools.monitor;

import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import java.util.concurrent.CompletionException;

/** Why something failed, in one line. */
final class Reason {

    static String of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        // What was asked for is plain from where the line stands.
        if (cause instanceof FlinkRestException answered && !answered.errors().isEmpty()) {
            return line(answered.errors().get(0), cause);
        }
        if (cause instanceof FlinkConnectionException) {
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
        }
        return line(cause.getMessage() == null ? "" : cause.getMessage(), cause);
    }

    private static String line(String text, Throwable cause) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(cause.getClass().getSimpleName());
    }

    private Reason() {}
}
