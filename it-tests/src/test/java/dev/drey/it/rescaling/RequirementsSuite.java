package dev.drey.it.rescaling;

import static dev.drey.it.cluster.Await.answer;
import static dev.drey.it.cluster.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.error.FlinkRestException;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.CountingJob;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.jobs.JobDetailsInfo.JobVertexDetailsInfo;
import dev.drey.model.rescaling.JobResourceRequirementsBody;
import dev.drey.model.rescaling.JobResourceRequirementsBody.JobVertexResourceRequirements;
import dev.drey.model.rescaling.JobResourceRequirementsBody.Parallelism;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the jobs of the adaptive scheduler require, through the SDK alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RequirementsSuite {

    /** Under the names that versions of Flink have for them. */
    private static final List<String> ADAPTIVE_AND_SOON =
            List.of(
                    "jobmanager.scheduler=Adaptive",
                    "jobmanager.adaptive-scheduler.resource-stabilization-timeout=100 ms",
                    "jobmanager.adaptive-scheduler.scaling-interval.min=100 ms",
                    "jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling=100 ms",
                    "jobmanager.adaptive-scheduler.executing.resource-stabilization-timeout=100 ms",
                    "jobmanager.adaptive-scheduler.rescale-trigger.max-delay=1 s");

    private Cluster cluster;
    private FlinkMonitoringClient flink;
    private ExampleJobs examples;

    /**
     * Starts a cluster, which the suite closes.
     *
     * @param options each {@code key=value}
     */
    protected abstract Cluster start(List<String> options) throws Exception;

    @BeforeAll
    void startCluster() throws Exception {
        cluster = start(ADAPTIVE_AND_SOON);
        flink = cluster.client();
    }

    @AfterAll
    void stopCluster() throws Exception {
        if (cluster instanceof AutoCloseable started) {
            try (started) {
                flink.close();
            }
        }
    }

    @BeforeEach
    void upload() {
        examples = ExampleJobs.upload(flink, cluster.jobJar());
    }

    @AfterEach
    void cleanUp() throws Exception {
        examples.close();
    }

    @Test
    void aJobRunsWithWhatIsRequired() throws Exception {
        JobId job = examples.start(CountingJob.class);
        Await.job(flink, job).isRunning();
        Await.job(flink, job).hasCompletedCheckpoint();
        Map<JobVertexId, JobVertexResourceRequirements> before =
                answer(flink.rescaling().requirements(job)).requirements();
        assertThat(before.values())
                .hasSize(2)
                .containsOnly(new JobVertexResourceRequirements(new Parallelism(1, 1)));

        Map<JobVertexId, JobVertexResourceRequirements> required =
                before.keySet().stream()
                        .collect(
                                Collectors.toMap(
                                        vertex -> vertex,
                                        vertex ->
                                                new JobVertexResourceRequirements(
                                                        new Parallelism(1, 2))));
        answer(
                flink.rescaling()
                        .updateRequirements(job, new JobResourceRequirementsBody(required)));

        assertThat(answer(flink.rescaling().requirements(job)).requirements()).isEqualTo(required);
        Await.untilTrue(
                "the job runs with parallelism 2",
                () ->
                        answer(flink.jobs().details(job)).jobVertexInfos().stream()
                                .map(JobVertexDetailsInfo::parallelism)
                                .allMatch(parallelism -> parallelism == 2));
        Await.job(flink, job).isRestored();
    }

    @Test
    void boundsThatCannotBeAreRefused() throws Exception {
        JobId job = examples.start(CountingJob.class);
        Await.job(flink, job).isRunning();
        Map<JobVertexId, JobVertexResourceRequirements> crossed =
                answer(flink.rescaling().requirements(job)).requirements().keySet().stream()
                        .collect(
                                Collectors.toMap(
                                        vertex -> vertex,
                                        vertex ->
                                                new JobVertexResourceRequirements(
                                                        new Parallelism(3, 2))));

        failure(flink.rescaling().updateRequirements(job, new JobResourceRequirementsBody(crossed)))
                .isInstanceOfSatisfying(
                        FlinkRestException.class,
                        refusal -> {
                            assertThat(refusal.status()).as(refusal.getMessage()).isEqualTo(400);
                            assertThat(refusal.errors()).isNotEmpty();
                        });
    }
}
