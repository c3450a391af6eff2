package dev.drey.it.error;

import static dev.drey.it.cluster.Await.answer;
import static dev.drey.it.cluster.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.async.JobGoneException;
import dev.drey.client.async.OperationFailedException;
import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.UnknownOperationException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.UnreadableAnswerException;
import dev.drey.it.cluster.Cluster;
import dev.drey.model.ApplicationId;
import dev.drey.model.JarId;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of things that are not there. */
public abstract class RefusalsSuite {

    private static final JobId UNKNOWN_JOB = new JobId("deadbeefdeadbeefdeadbeefdeadbeef");

    private final FlinkMonitoringClient flink;

    protected RefusalsSuite(Cluster cluster) {
        flink = cluster.client();
    }

    @AfterEach
    void close() {
        flink.close();
    }

    @Test
    void viewsOfAnUnknownJobAre404() {
        requireRefusal(404, flink.jobs().details(UNKNOWN_JOB));
        requireRefusal(404, flink.jobs().plan(UNKNOWN_JOB));
        requireRefusal(404, flink.checkpoints().statistics(UNKNOWN_JOB));
    }

    @Test
    void cancellingAnUnknownJobIs404() {
        requireRefusal(404, flink.jobs().cancel(UNKNOWN_JOB));
    }

    @Test
    void cancellingAnUnknownApplicationIs404() {
        CompletableFuture<?> cancelling =
                flink.applications().cancel(new ApplicationId(UNKNOWN_JOB.value()));

        requireRefusal(404, cancelling);
        // A server without the route names its path.
        requireNoError(cancelling, "/applications/");
    }

    @Test
    void resumingAnUnknownTriggerOfAnUnknownJobSaysSo() {
        failure(flink.savepoints().resume(UNKNOWN_JOB, TriggerId.random()).result())
                .isInstanceOf(JobGoneException.class)
                .hasCauseInstanceOf(UnknownOperationException.class);
    }

    @Test
    void savepointOfAnUnknownJobIsTakenOnAndFails(@TempDir Path folder) {
        OperationFuture<SavepointInfo> savepoint =
                flink.savepoints()
                        .trigger(
                                UNKNOWN_JOB,
                                new SavepointTriggerRequestBody(
                                        folder.toUri().toString(), null, null, null));

        assertThat(answer(savepoint.acknowledged())).isEqualTo(savepoint.triggerId());
        failure(savepoint.result())
                .isInstanceOfSatisfying(
                        OperationFailedException.class,
                        failed -> {
                            assertThat(failed.triggerId()).isEqualTo(savepoint.triggerId());
                            assertThat(failed)
                                    .hasMessageContaining("FlinkJobNotFoundException")
                                    .hasMessageContaining(UNKNOWN_JOB.value());
                            assertThat(failed.className()).isNotBlank();
                            assertThat(failed.stackTraceText()).contains("\tat ");
                        });
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void deletingAnUnknownJarIs400() {
        requireRefusal(400, flink.jars().delete(new JarId("no-such.jar")));
    }

    private static void requireNoError(CompletableFuture<?> request, String part) {
        failure(request)
                .isInstanceOfSatisfying(
                        FlinkRestException.class,
                        refusal ->
                                assertThat(refusal.errors())
                                        .noneMatch(error -> error.contains(part)));
    }

    private static void requireRefusal(int status, CompletableFuture<?> request) {
        failure(request)
                .isInstanceOfSatisfying(
                        FlinkRestException.class,
                        refusal -> {
                            assertThat(refusal).isNotInstanceOf(UnreadableAnswerException.class);
                            assertThat(refusal.status()).as(refusal.getMessage()).isEqualTo(status);
                            assertThat(refusal.errors()).isNotEmpty();
                        });
    }
}
