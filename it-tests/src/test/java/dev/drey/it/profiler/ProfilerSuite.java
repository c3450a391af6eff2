package dev.drey.it.profiler;

import static dev.drey.it.cluster.Await.answer;
import static dev.drey.it.cluster.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.async.OperationFuture;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.transport.Download;
import dev.drey.it.cluster.Cluster;
import dev.drey.model.ResourceId;
import dev.drey.model.profiler.ProfilingInfo;
import dev.drey.model.profiler.ProfilingInfo.ProfilingMode;
import dev.drey.model.profiler.ProfilingInfo.ProfilingStatus;
import dev.drey.model.profiler.ProfilingRequestBody;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles of the processes of a cluster, through the SDK alone. */
public abstract class ProfilerSuite {

    /** What needs no right that a process may not have. */
    private static final ProfilingRequestBody A_SECOND =
            new ProfilingRequestBody(ProfilingMode.ITIMER, 1);

    @TempDir private Path folder;

    private final FlinkMonitoringClient flink;

    protected ProfilerSuite(Cluster cluster) {
        flink = cluster.client();
    }

    @AfterEach
    void close() {
        flink.close();
    }

    /** One after the other, for they may be one process. */
    @Test
    void profilesAreTakenAndSaved() throws Exception {
        ResourceId taskManager =
                answer(flink.taskManagers().list()).taskManagerInfos().get(0).resourceId();

        requireProfile(
                flink.profiler().profileJobManager(A_SECOND), flink.profiler()::fileOfJobManager);
        requireProfile(
                flink.profiler().profileTaskManager(taskManager, A_SECOND),
                name -> flink.profiler().fileOfTaskManager(taskManager, name));
    }

    @Test
    void aProfileThatIsNotThereIs404() {
        // There are profiles at all.
        answer(flink.profiler().ofJobManager());

        failure(flink.profiler().fileOfJobManager("no-such-file"))
                .isInstanceOf(FlinkRestException.class)
                .hasMessageContaining("404");
    }

    private void requireProfile(
            OperationFuture<ProfilingInfo> profile,
            Function<String, CompletableFuture<Download>> file)
            throws Exception {
        ProfilingInfo ended = answer(profile.result());
        assertThat(ended.mode()).isEqualTo(ProfilingMode.ITIMER);
        assertThat(ended.duration()).isEqualTo(1);
        assertThat(ended.status()).as(ended.message()).isEqualTo(ProfilingStatus.FINISHED);
        assertThat(answer(flink.resume(profile.token()).result())).isEqualTo(ended);
        Path saved =
                answer(
                        file.apply(ended.outputFile())
                                .thenCompose(page -> page.saveTo(folder.resolve("profile.html"))));
        assertThat(saved).content().contains("<html", "</html>");
    }
}
