package dev.drey.it.cli;

import java.io.File;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.PackagedProgramUtils;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.collect.CollectCoordinationRequest;
import org.apache.flink.util.AbstractID;

/** A program that talks to a cluster through Flink's own client, and says what it is told. */
public final class ClusterClientProgram {

    /** What its lines begin with. */
    static final String PREFIX = "> ";

    // The classes come to this process with the jar only.
    private static final String SUMMING = "dev.drey.it.example.SummingJob";
    private static final String COUNTING = "dev.drey.it.example.CountingJob";
    private static final CoordinationRequest ASKED =
            new CollectCoordinationRequest("no version", 0);
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
            say("runs " + client.getJobDetails(endless).get().getName());
            for (JobStatusMessage job : client.listJobs().get()) {
                if (job.getJobId().equals(endless)) {
                    say("listed as " + job.getJobState());
                }
            }
            client.reportHeartbeat(endless, Long.MAX_VALUE).get();
            say("refused " + isRefused(client.sendCoordinationRequest(endless, "nobody", ASKED)));
            client.cancel(endless).get();
            say(
                    "cancelled with result "
                            + client.requestJobResult(endless).get().getJobStatus().orElseThrow());

            say("Flink " + client.getClusterOverview().get().getVersion());
            client.invalidateClusterDataset(new AbstractID()).get();
            say("data sets " + client.listCompletedClusterDatasetIds().get());
        }
        say("collected " + collected(configuration));
    }

    /** None of the program's own classes are needed there. */
    private static List<Long> collected(Configuration configuration) throws Exception {
        try (StreamExecutionEnvironment remote =
                StreamExecutionEnvironment.createRemoteEnvironment(
                        configuration.get(RestOptions.ADDRESS),
                        configuration.get(RestOptions.PORT))) {
            remote.setParallelism(1);
            return remote.fromSequence(1, 4).executeAndCollect(3);
        }
    }

    private static boolean isRefused(Future<?> answer) throws InterruptedException {
        try {
            answer.get();
            return false;
        } catch (ExecutionException refused) {
            return true;
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
