package dev.drey.it.cli;

import java.io.File;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.PackagedProgramUtils;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.jobgraph.JobGraph;

/** A program that talks to a cluster through Flink's own client, and says what it is told. */
public final class ClusterClientProgram {

    /** What its lines begin with. */
    static final String PREFIX = "> ";

    // The classes come to this process with the jar only.
    private static final String SUMMING = "dev.drey.it.example.SummingJob";
    private static final String COUNTING = "dev.drey.it.example.CountingJob";
    private static final long POLL_MILLIS = 50;

    /**
     * Runs it.
     *
     * @param arguments the jar of the example programs
     */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = GlobalConfiguration.loadConfiguration("conf");
        File jar = new File(arguments[0]);
        try (RestClusterClient<String> client = new RestClusterClient<>(configuration, "cluster")) {
            JobID ends = client.submitJob(graph(configuration, jar, SUMMING, "10")).get();
            say("result " + client.requestJobResult(ends).get().getJobStatus().orElseThrow());
            say("accumulators " + client.getAccumulators(ends).get());
            say("status " + client.getJobStatus(ends).get());

            JobID endless = client.submitJob(graph(configuration, jar, COUNTING)).get();
            while (client.getJobStatus(endless).get() != JobStatus.RUNNING) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
            }
            client.cancel(endless).get();
            say(
                    "cancelled with result "
                            + client.requestJobResult(endless).get().getJobStatus().orElseThrow());
        }
    }

    private static JobGraph graph(
            Configuration configuration, File jar, String program, String... arguments)
            throws Exception {
        try (PackagedProgram packaged =
                PackagedProgram.newBuilder()
                        .setJarFile(jar)
                        .setEntryPointClassName(program)
                        .setConfiguration(configuration)
                        .setArguments(arguments)
                        .build()) {
            return PackagedProgramUtils.createJobGraph(packaged, configuration, 1, false);
        }
    }

    private static void say(String line) {
        System.out.println(PREFIX + line);
    }

    private ClusterClientProgram() {}
}
