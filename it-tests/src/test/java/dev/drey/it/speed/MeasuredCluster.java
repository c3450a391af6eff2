package dev.drey.it.speed;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.cluster.ProcessCluster;
import dev.drey.it.cluster.ProcessCluster.JobManager;
import dev.drey.it.example.WideJob;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** A cluster with a wide job that has come to rest. */
final class MeasuredCluster implements AutoCloseable {

    /** What {@code /checkpoints} lists by default. */
    private static final int CHECKPOINTS_LISTED = 10;

    private static final int TASK_MANAGERS = 3;

    private static final String[] CONFIGURATION = {
        // Deploying the wide job takes longer than an answer usually does.
        "pekko.ask.timeout: 60 s",
        // The list of jobs is as long in the last round as in the first.
        "completed-application-store.max-capacity: 1"
    };

    private final ProcessCluster processes;
    private final FlinkMonitoringClient flink;
    private final ExampleJobs jobs;
    private final JobId wide;
    private final JobVertexId vertex;

    private MeasuredCluster(ProcessCluster processes) throws Exception {
        this.processes = processes;
        this.flink = processes.client();
        this.jobs = ExampleJobs.upload(flink);
        this.wide = jobs.start(WideJob.class);
        Await.job(flink, wide).isRunning();
        this.vertex = answer(flink.jobs().details(wide)).jobVertexInfos().get(1).jobVertexId();
    }

    /** Starts one with Drey or without. */
    static MeasuredCluster start(JobManager kind, List<String> flags) throws Exception {
        String name = "speed-" + kind.name().toLowerCase(Locale.ROOT);
        ProcessCluster processes =
                ProcessCluster.start(kind, name, flags, TASK_MANAGERS, CONFIGURATION);
        try {
            MeasuredCluster cluster = new MeasuredCluster(processes);
            cluster.takeSavepoints(Artifacts.emptyFolder(name + "-savepoints").toUri());
            return cluster;
        } catch (Exception | AssertionError e) {
            processes.close();
            throw e;
        }
    }

    FlinkMonitoringClient flink() {
        return flink;
    }

    ExampleJobs jobs() {
        return jobs;
    }

    /** Slots that the wide job leaves free. */
    int freeSlots() {
        return processes.slots() - WideJob.SUBTASKS;
    }

    /** Where it serves a route, of its wide job if the route has a job. */
    URI uri(String route) {
        return URI.create(
                processes.uri()
                        + route.replace(":jobid", wide.toString())
                                .replace(":vertexid", vertex.toString()));
    }

    /** Fails at once if one of its processes has ended. */
    void requireAlive() {
        processes.requireAlive();
    }

    @Override
    public void close() {
        try (processes) {
            flink.close();
        }
    }

    /** So that the list of checkpoints grows no more. */
    private void takeSavepoints(URI folder) {
        for (int taken = 0; taken < CHECKPOINTS_LISTED; taken++) {
            answer(
                    flink.savepoints()
                            .trigger(
                                    wide,
                                    new SavepointTriggerRequestBody(
                                            folder.toString(), null, null, null))
                            .result());
        }
        assertThat(answer(flink.checkpoints().statistics(wide)).counts().completed())
                .as("savepoints of the wide job")
                .isEqualTo(CHECKPOINTS_LISTED);
    }
}
