package dev.drey.it.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Flink's own client as it is, each time in a process of its own, with none of our code. */
public final class FlinkCommandLine {

    private static final Duration LONGEST_CALL = Duration.ofSeconds(90);

    private final Path folder;
    private int calls;

    private FlinkCommandLine(Path folder) {
        this.folder = folder;
    }

    /**
     * One that is configured to talk to {@code cluster}.
     *
     * @param more lines of its configuration
     */
    public static FlinkCommandLine of(Cluster cluster, String name, String... more) {
        List<String> configuration =
                new ArrayList<>(
                        List.of(
                                "rest.address: " + cluster.uri().getHost(),
                                "rest.port: " + cluster.uri().getPort()));
        configuration.addAll(Arrays.asList(more));
        Path folder = StockProcess.configure(name, configuration.toArray(String[]::new));
        try {
            // Where the command line looks for it, seen from where it is started.
            Path conf = Files.createDirectory(folder.resolve("conf"));
            Files.write(conf.resolve("config.yaml"), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FlinkCommandLine(folder);
    }

    /** What comes of {@code flink arguments}. */
    public Outcome call(String... arguments) {
        return run("org.apache.flink.client.cli.CliFrontend", "", arguments);
    }

    /**
     * What comes of a program that uses Flink's client.
     *
     * @param program is found in {@code classPath}
     */
    public Outcome program(Class<?> program, Path classPath, String... arguments) {
        return run(program.getName(), classPath.toString(), arguments);
    }

    private Outcome run(String mainClass, String classPath, String... arguments) {
        calls++;
        try (ChildProcess process =
                StockProcess.launch(
                        folder,
                        "call-" + calls,
                        mainClass,
                        classPath,
                        List.of("-Xmx192m", "-XX:TieredStopAtLevel=1"),
                        Arrays.asList(arguments))) {
            int exitCode = process.awaitExit(LONGEST_CALL);
            return new Outcome(exitCode, process.output(), process.errors());
        }
    }

    /**
     * What came of a call.
     *
     * @param output what it said on standard output
     * @param errors what it said on standard error
     */
    public record Outcome(int exitCode, String output, String errors) {

        /** What a call said that must succeed. */
        public String succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("It ended with " + this);
            }
            return output;
        }

        /** What a call said that must fail. */
        public String failed() {
            if (exitCode == 0) {
                throw new AssertionError("It did not fail: " + this);
            }
            return output + errors;
        }
    }
}
