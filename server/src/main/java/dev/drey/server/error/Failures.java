package dev.drey.server.error;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a failure really is, and how one line tells it. */
public final class Failures {

    private static final int LONGEST_LINE = 1000;

    /** {@code failure} without the wrappers that futures put around it. */
    public static Throwable strip(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The innermost cause. */
    public static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** What {@code failure} says, on one line; its class where it says nothing. */
    public static String line(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : line(message);
    }

    /** What {@code failure} is and says, on one line. */
    public static String told(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        String line = line(failure);
        return line.equals(name) ? name : name + ": " + line;
    }

    /** {@code text} on one line, without the stack trace that may follow it. */
    public static String line(String text) {
        int trace = text.indexOf("\n\tat ");
        String line =
                (trace < 0 ? text : text.substring(0, trace))
                        .strip()
                        .replaceAll("\\s*[\\r\\n]+\\s*", " ")
                        .replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    }

    private Failures() {}
}
