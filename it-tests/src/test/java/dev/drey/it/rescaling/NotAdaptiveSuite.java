package dev.drey.it.rescaling;

import static dev.drey.it.cluster.Await.answer;
import static dev.drey.it.cluster.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.rescaling.RescalingParameters;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.CountingJob;
import dev.drey.model.JobId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that cannot be rescaled, of the scheduler that Flink takes by default. */
abstract class NotAdaptiveSuite {

    private final FlinkMonitoringClient flink;
    private ExampleJobs examples;

    NotAdaptiveSuite(Cluster cluster) {
        flink = cluster.client();
    }

    @BeforeEach
    void upload() {
        examples = ExampleJobs.upload(flink);
    }

    @AfterEach
    void cleanUp() throws Exception {
        try (flink) {
            examples.close();
        }
    }

    @Test
    void theOptionIsNamed() throws Exception {
        JobId job = examples.start(CountingJob.class);
        Await.job(flink, job).isRunning();

        failure(flink.rescaling().trigger(job, 2).result())
                .isInstanceOfSatisfying(
                        FlinkRestException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(409))
                .hasMessageContaining("jobmanager.scheduler");
        assertThat(answer(flink.rescaling().dryRun(job, RescalingParameters.of(2))).refusals())
                .first()
                .asString()
                .contains("jobmanager.scheduler");
    }

    @Test
    void anUnknownJobIs404() {
        JobId nobody = new JobId("deadbeef".repeat(4));

        failure(flink.rescaling().trigger(nobody, 2).result())
                .isInstanceOfSatisfying(
                        FlinkRestException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(404));
        failure(flink.rescaling().dryRun(nobody, RescalingParameters.of(2)))
                .isInstanceOfSatisfying(
                        FlinkRestException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(404));
    }
}
