package dev.drey.it.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A child process whose output goes to files. It ends with its owner, whatever happens to that. */
public final class ChildProcess implements AutoCloseable {

    private static final int TAIL_LINES = 30;
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "reaper"));
    }

    private final String name;
    private final Process process;
    private final Path output;
    private final Path errors;
    private final Path log;

    private ChildProcess(String name, Process process, Path output, Path errors, Path log) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.errors = errors;
        this.log = log;
    }

    /**
     * Starts {@code command} in {@code folder}.
     *
     * @param log where it is expected to write its log, beside its output
     */
    public static ChildProcess start(String name, Path folder, Path log, List<String> command) {
        Path output = folder.resolve(name + ".out");
        Path errors = folder.resolve(name + ".err");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectOutput(output.toFile())
                            .redirectError(errors.toFile())
                            .start();
            RUNNING.add(process);
            return new ChildProcess(name, process, output, errors, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** What it has written to standard output. */
    public String output() {
        return read(output);
    }

    /** What it has written to standard error. */
    String errors() {
        return read(errors);
    }

    /** What it has logged. */
    String log() {
        return read(log);
    }

    /** A dead child fails at once, with its last words. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError(
                    "%s ended with exit code %d%n%s"
                            .formatted(name, process.exitValue(), lastWords()));
        }
    }

    /** Its exit code; not having one in time is a failure. */
    public int awaitExit(Duration patience) {
        if (!endsWithin(patience)) {
            close();
            throw new AssertionError(
                    "%s did not end within %s%n%s".formatted(name, patience, lastWords()));
        }
        RUNNING.remove(process);
        return process.exitValue();
    }

    /** Sends it a signal, which Java knows none but two of. */
    void signal(String signal) throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder("kill", "-" + signal, String.valueOf(pid())).inheritIO().start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("%s got no SIG%s".formatted(name, signal));
        }
    }

    /** Asks it to end, and requires that it does in time. */
    int terminate(Duration patience) {
        process.destroy();
        return awaitExit(patience);
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly();
        if (!endsWithin(Duration.ofSeconds(10))) {
            throw new AssertionError("%s (pid %d) cannot be killed".formatted(name, pid()));
        }
        RUNNING.remove(process);
    }

    private boolean endsWithin(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String lastWords() {
        return "== output%n%s%n== errors%n%s%n== log%n%s"
                .formatted(tail(output()), tail(errors()), tail(log()));
    }

    private static String tail(String text) {
        List<String> lines = text.lines().toList();
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
