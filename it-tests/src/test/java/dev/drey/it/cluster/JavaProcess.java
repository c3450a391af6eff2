package dev.drey.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks into a virtual machine. */
public final class JavaProcess {

    private final long pid;

    JavaProcess(long pid) {
        this.pid = pid;
    }

    /**
     * How many instances of the classes can still be reached: a full garbage collection goes before
     * the count.
     */
    public long reachableInstances(Set<String> classNames) throws Exception {
        return histogram()
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= 4 && classNames.contains(columns[3]))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    private String histogram() throws IOException, InterruptedException {
        Process jcmd =
                new ProcessBuilder(
                                List.of(
                                        Artifacts.jdkTool("jcmd"),
                                        String.valueOf(pid),
                                        "GC.class_histogram"))
                        .redirectErrorStream(true)
                        .start();
        String printed = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor())
                .as(printed.lines().limit(5).collect(Collectors.joining("\n")))
                .isZero();
        return printed;
    }
}
