package dev.drey.it.rescaling;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.async.OperationFailedException;
import dev.drey.client.async.OperationFuture;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyProcess;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.cluster.HighAvailability;
import dev.drey.it.example.SequenceJob;
import dev.drey.model.JobId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jobs.JobDetailsInfo;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A JobManager that does not lead rescales a job, and goes on when it comes to lead. */
class DreyStandbyRescalingDrill {

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void aStandbyRescalesAndFollowsTheJobToTheNextLeader() throws Exception {
        try (HighAvailability cluster =
                HighAvailability.configure(
                        "drey-ha-rescaling", Clusters.lines(RescalingSuite.ADAPTIVE_AND_SOON))) {
            cluster.startZooKeeper();
            try (DreyProcess first = cluster.jobManager("first")) {
                first.awaitReady();
                cluster.startTaskManager();
                try (DreyProcess second = cluster.jobManager("second")) {
                    rescale(second.awaitReady(), first);
                }
            }
        }
    }

    private static void rescale(URI standby, DreyProcess leader) throws Exception {
        try (FlinkMonitoringClient flink =
                        FlinkMonitoringClient.builder().endpoint(standby.toString()).build();
                ExampleJobs examples = ExampleJobs.upload(flink)) {
            JobId job =
                    examples.start(
                            JarRunRequestBody.builder()
                                    .entryClassName(SequenceJob.class.getName())
                                    .programArguments("200")
                                    .parallelism(1)
                                    .build());
            Await.job(flink, job).isRunning();
            Await.job(flink, job).hasCompletedCheckpoint();

            answer(flink.rescaling().trigger(job, 2).result());
            assertThat(count(answer(flink.jobs().details(job)))).isEqualTo(2);

            OperationFuture<AsynchronousOperationInfo> rescaling =
                    flink.rescaling().trigger(job, 4);
            answer(rescaling.acknowledged());
            leader.close();

            Optional<Throwable> failure =
                    answer(rescaling.result().handle((done, cause) -> Optional.ofNullable(cause)));
            if (failure.isPresent()) {
                // The election may take longer than its patience lasts.
                assertThat(failure.get())
                        .isInstanceOf(OperationFailedException.class)
                        .hasMessageContaining("the cluster does not tell");
            }
            Await.untilTrue(
                    "the job runs on the next leader as was asked for",
                    () ->
                            flink.jobs()
                                    .details(job)
                                    .thenApply(details -> count(details) == 4)
                                    .exceptionally(unanswered -> false)
                                    .get());
            Await.job(flink, job).isRunning();
        }
    }

    /** With how many subtasks it counts. */
    private static int count(JobDetailsInfo details) {
        return details.jobVertexInfos().stream()
                .filter(vertex -> vertex.name().startsWith(SequenceJob.COUNT))
                .mapToInt(JobDetailsInfo.JobVertexDetailsInfo::parallelism)
                .sum();
    }
}
