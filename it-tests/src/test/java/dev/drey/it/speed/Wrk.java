package dev.drey.it.speed;

import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.ChildProcess;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load: each connection asks again as soon as it has its answer. */
final class Wrk {

    private static final String NAME = "wrk";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Pattern REQUESTS_PER_SECOND = Pattern.compile("Requests/sec:\\s+(\\S+)");
    private static final Pattern P99 = Pattern.compile("\\s99%\\s+([0-9.]+)(us|ms|s|m|h)\\s");
    private static final Pattern ERRORS =
            Pattern.compile("Socket errors: .*|Non-2xx or 3xx responses: .*");

    private final Path folder = Artifacts.emptyFolder(NAME);

    /** Says in one line what to do if it is not there. */
    static void requireInstalled() {
        boolean installed =
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, NAME)));
        if (!installed) {
            AssertionError missing =
                    new AssertionError(
                            "The benchmark needs wrk on the PATH: install it (Debian: apt install wrk)");
            missing.setStackTrace(new StackTraceElement[0]);
            throw missing;
        }
    }

    /**
     * What one such load measured.
     *
     * @param errors wrk's lines about them; empty: every answer was a success
     */
    record Measurement(double requestsPerSecond, double p99Millis, List<String> errors) {

        static Measurement parse(String printed) {
            Matcher latency = found(P99, printed);
            List<String> errors = new ArrayList<>();
            ERRORS.matcher(printed).results().forEach(line -> errors.add(line.group()));
            return new Measurement(
                    Double.parseDouble(found(REQUESTS_PER_SECOND, printed).group(1)),
                    Double.parseDouble(latency.group(1)) * millis(latency.group(2)),
                    errors);
        }

        private static Matcher found(Pattern pattern, String printed) {
            Matcher matcher = pattern.matcher(printed);
            if (!matcher.find()) {
                throw new AssertionError("wrk did not print '%s'%n%s".formatted(pattern, printed));
            }
            return matcher;
        }

        private static double millis(String unit) {
            return switch (unit) {
                case "us" -> 0.001;
                case "ms" -> 1;
                case "s" -> 1_000;
                case "m" -> 60_000;
                case "h" -> 3_600_000;
                default -> throw new AssertionError(unit);
            };
        }
    }

    /** Starts a load that ends by itself after {@code duration}, or when it is closed. */
    ChildProcess start(URI uri, int connections, Duration duration) {
        return ChildProcess.start(
                NAME,
                folder,
                folder.resolve("no-log"),
                List.of(
                        NAME,
                        "--threads=1",
                        "--connections=" + connections,
                        "--duration=" + duration.toSeconds() + "s",
                        "--latency",
                        uri.toString()));
    }

    /** Puts the load on {@code uri}, and waits for its end. */
    Measurement measure(URI uri, int connections, Duration duration) {
        ChildProcess load = start(uri, connections, duration);
        int exitCode = load.awaitExit(duration.plus(PATIENCE));
        if (exitCode != 0) {
            throw new AssertionError("wrk ended with %d: %s".formatted(exitCode, load.output()));
        }
        return Measurement.parse(load.output());
    }
}
