package dev.drey.it.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged server, started as a user does. */
public final class DreyProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Drey is ready at (\\S+)\\R");
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Path folder;
    private final ChildProcess process;

    private DreyProcess(Path folder, ChildProcess process) {
        this.folder = folder;
        this.process = process;
    }

    /** Starts it in an empty folder, without waiting for anything. */
    public static DreyProcess start(String name, String... arguments) {
        return start(Artifacts.emptyFolder(name), arguments);
    }

    /** Starts it in {@code folder}, where its temporary files and its log go too. */
    public static DreyProcess start(Path folder, String... arguments) {
        List<String> options = new ArrayList<>(StockProcess.SMALL);
        options.add("-Xmx512m");
        return start(folder, options, arguments);
    }

    /** Starts it in {@code folder}, in a virtual machine with these options. */
    public static DreyProcess start(Path folder, List<String> options, String... arguments) {
        Path temporary = folder.resolve("tmp");
        Path log = folder.resolve("log");
        if (!temporary.toFile().mkdirs()) {
            throw new IllegalStateException(temporary + " cannot be made");
        }
        List<String> command = new ArrayList<>();
        command.add(Artifacts.jdkTool("java"));
        command.addAll(options);
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-jar", Artifacts.serverJar().toString()));
        command.addAll(Arrays.asList(arguments));
        return new DreyProcess(
                folder, ChildProcess.start("drey", folder, log.resolve("drey.log"), command));
    }

    /** Waits for the line that says where it is. */
    public URI awaitReady() throws Exception {
        return Await.until(
                "Drey is ready",
                LONGEST_START,
                () -> {
                    process.requireAlive();
                    Matcher line = READY.matcher(process.output());
                    return line.find() ? Optional.of(URI.create(line.group(1))) : Optional.empty();
                });
    }

    /** Waits for the end of a start that is to fail. */
    public int awaitExit() {
        return process.awaitExit(LONGEST_START);
    }

    /** Sends SIGTERM and requires that it ends within the time that Drey promises. */
    public int terminate() {
        return process.terminate(LONGEST_STOP);
    }

    /** Stops all of its threads where they are. */
    public void freeze() throws Exception {
        process.signal("STOP");
    }

    /** Lets a frozen one go on. */
    public void thaw() throws Exception {
        process.signal("CONT");
    }

    /** A dead one fails at once, with its last words. */
    public void requireAlive() {
        process.requireAlive();
    }

    /** What it has logged. */
    public String log() {
        return process.log();
    }

    ChildProcess process() {
        return process;
    }

    long pid() {
        return process.pid();
    }

    /** What it has written to standard output. */
    public String output() {
        return process.output();
    }

    /**
     * What it has written to standard error. From JDK 24 on, the virtual machine adds warnings of
     * its own about what Flink's libraries do, which no program can turn off.
     */
    public List<String> errors() {
        return process.errors().lines().filter(line -> !line.startsWith("WARNING: ")).toList();
    }

    /** Where it puts temporary files. */
    public Path temporaryFolder() {
        return folder.resolve("tmp");
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process.close();
    }
}
