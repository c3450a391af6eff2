package dev.drey.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A program in a process of its own, with the class path that a user of the SDK has. */
final class ProgramRun implements AutoCloseable {

    private static final Duration LONGEST_RUN = Duration.ofSeconds(60);

    private final ChildProcess process;

    private ProgramRun(ChildProcess process) {
        this.process = process;
    }

    static ProgramRun start(Path folder, Class<?> program, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Artifacts.jdkTool("java"));
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        String name = program.getSimpleName();
        return new ProgramRun(
                ChildProcess.start(name, folder, folder.resolve(name + ".log"), command));
    }

    /** Waits until it says so. */
    void says(String text) throws Exception {
        Await.untilTrue(
                "it says " + text,
                () -> {
                    if (process.output().contains(text)) {
                        return true;
                    }
                    process.requireAlive();
                    return false;
                });
    }

    /** All that it has said, when it has ended by itself and well. */
    List<String> wholeOutput() {
        assertThat(process.awaitExit(LONGEST_RUN)).as("its exit code").isZero();
        return process.output().lines().toList();
    }

    @Override
    public void close() {
        process.close();
    }
}
