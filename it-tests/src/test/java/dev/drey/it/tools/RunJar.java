package dev.drey.it.tools;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.model.JobId;
import dev.drey.model.jars.JarRunRequestBody;
import java.nio.file.Path;

/** Runs a program of a jar, and waits for the end of its job. */
public final class RunJar {

    /**
     * Runs it.
     *
     * @param arguments the endpoint, the jar, and the program's class
     */
    public static void main(String[] arguments) {
        Path jar = Path.of(arguments[1]);
        JarRunRequestBody program =
                JarRunRequestBody.builder().entryClassName(arguments[2]).build();
        try (FlinkMonitoringClient flink =
                FlinkMonitoringClient.builder().endpoint(arguments[0]).build()) {
            JobId job = flink.jars().runJar(jar, program).join();
            System.out.println("runs as " + job);
            System.out.println("is " + flink.jobs().awaitTermination(job).join());
        }
    }

    private RunJar() {}
}
