package dev.drey.it.tools.monitor;

import dev.drey.client.error.FlinkConnectionException;
import java.util.concurrent.CompletionException;

/** Why something failed, in one line. */
final class Reason {

    static String of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof FlinkConnectionException) {
            // What was asked for is of no interest where nobody answers.
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
        }
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        return message.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(String::strip)
                .orElse(cause.getClass().getSimpleName());
    }

    private Reason() {}
}
