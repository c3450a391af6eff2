package dev.drey.it.rescaling;

import static dev.drey.it.cluster.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.error.FlinkRestException;
import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.cluster.StockCluster;
import dev.drey.it.example.CountingJob;
import dev.drey.model.JobId;
import org.junit.jupiter.api.Test;

/** A cluster in reactive mode, which Drey can only attach to. */
class DreyReactiveIT {

    @Test
    void aJobThatTakesAllSlotsIsNotRescaled() throws Exception {
        try (AttachedDrey drey =
                        AttachedDrey.start(
                                "drey-attached-reactive",
                                StockCluster.reactive("attached-to-reactive"));
                FlinkMonitoringClient flink = drey.client();
                ExampleJobs examples = ExampleJobs.upload(flink)) {
            JobId job = examples.start(CountingJob.class);
            Await.job(flink, job).isRunning();

            failure(flink.rescaling().trigger(job, 2).result())
                    .isInstanceOfSatisfying(
                            FlinkRestException.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(409))
                    .hasMessageContaining("scheduler-mode");
        }
    }
}
