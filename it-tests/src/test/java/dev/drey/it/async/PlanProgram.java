package dev.drey.it.async;

import java.io.File;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.PackagedProgramUtils;
import org.apache.flink.configuration.Configuration;

/** Writes the plan of a job as Flink's client sends it. */
public final class PlanProgram {

    /**
     * Writes it.
     *
     * @param arguments a jar, the program in it, and where the plan is to be
     */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = new Configuration();
        try (PackagedProgram program =
                        PackagedProgram.newBuilder()
                                .setJarFile(new File(arguments[0]))
                                .setEntryPointClassName(arguments[1])
                                .setConfiguration(configuration)
                                .build();
                ObjectOutputStream plan =
                        new ObjectOutputStream(Files.newOutputStream(Path.of(arguments[2])))) {
            plan.writeObject(PackagedProgramUtils.createJobGraph(program, configuration, 1, false));
        }
    }

    private PlanProgram() {}
}
