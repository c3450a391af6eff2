package dev.drey.server.launch;

import dev.drey.server.demo.Demo;
import dev.drey.server.error.StartupException;
import dev.drey.server.modes.AttachMode;
import dev.drey.server.modes.EmbeddedMode;
import dev.drey.server.modes.JobManagerMode;
import dev.drey.server.modes.RunningServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The main class. */
@Command(
        name = "drey-server",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        description = "Apache Flink's monitoring REST API.",
        footer = {
            "",
            "Options are Flink's own, and those under 'drey.'; see Flink's documentation and README.",
            "The log is written to log/drey.log; -D env.log.dir=DIR puts it elsewhere."
        })
public final class Drey implements Callable<Integer> {

    private static final int FAILED = 1;

    /** The ways to run. */
    enum Mode {
        embedded,
        jobmanager,
        attach
    }

    @Parameters(
            arity = "0..1",
            defaultValue = "embedded",
            description = {
                "embedded: a whole Flink session cluster in this process, with one task manager.",
                "jobmanager: Flink's JobManager in this process, for task managers in others.",
                "attach: only the endpoint in this process, for a cluster that runs in others.",
                "Default: ${DEFAULT-VALUE}"
            })
    private Mode mode;

    @Option(
            names = "--configDir",
            paramLabel = "DIR",
            description = "The folder of config.yaml, or of the older flink-conf.yaml.")
    private Path configDir;

    @Option(
            names = "-D",
            paramLabel = "key=value",
            description = "One option; it overrides the file. Can be repeated.")
    private Map<String, String> dynamicProperties = new LinkedHashMap<>();

    @Option(
            names = "--demo",
            description =
                    "Run an example job, with the adaptive scheduler and its rescale history on.")
    private boolean demo;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    public static void main(String[] arguments) {
        // Set before anything logs: Jersey and Grizzly use java.util.logging.
        System.setProperty("java.util.logging.manager", "org.apache.logging.log4j.jul.LogManager");
        int code =
                new CommandLine(new Drey())
                        .setParameterExceptionHandler(Drey::refuse)
                        .execute(arguments);
        System.exit(code);
    }

    private static int refuse(ParameterException refusal, String[] arguments) {
        CommandLine command = refusal.getCommandLine();
        command.getErr().println("drey-server: " + refusal.getMessage() + " (see --help)");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public Integer call() {
        try {
            if (demo && mode == Mode.attach) {
                throw new StartupException("--demo: not with attach, whose cluster is not ours");
            }
            LogFiles.open(dynamicProperties);
            Configuration configuration =
                    ConfigurationLoader.load(
                            configDir, dynamicProperties, demo ? Demo.configuration() : Map.of());
            RunningServer server =
                    switch (mode) {
                        case embedded -> EmbeddedMode.start(configuration);
                        case jobmanager -> JobManagerMode.start(configuration);
                        case attach -> AttachMode.start(configuration);
                    };
            if (demo) {
                Demo.run(server.baseUri(), configuration);
            }
            out.println("Drey is ready at " + server.baseUri());
            out.flush();
            return server.awaitEnd();
        } catch (StartupException e) {
            LoggerFactory.getLogger(Drey.class).error("Cannot start", e);
            err.println("drey-server: " + e.getMessage());
            return FAILED;
        }
    }
}
