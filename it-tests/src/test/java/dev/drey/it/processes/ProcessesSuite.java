package dev.drey.it.processes;

import static dev.drey.it.cluster.Await.answer;
import static dev.drey.it.cluster.Await.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.transport.Download;
import dev.drey.it.cluster.Cluster;
import dev.drey.model.ResourceId;
import dev.drey.model.processes.LogListInfo;
import dev.drey.model.processes.LogListInfo.LogInfo;
import dev.drey.model.processes.ThreadDumpInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the processes of a cluster write and do, through the SDK alone. */
public abstract class ProcessesSuite {

    private static final String STARTED_JOB_MANAGER = "Registering TaskManager with ResourceID";
    private static final String STARTED_TASK_MANAGER =
            "Successful registration at resource manager";

    @TempDir private Path folder;

    private final FlinkMonitoringClient flink;

    protected ProcessesSuite(Cluster cluster) {
        flink = cluster.client();
    }

    @AfterEach
    void close() {
        flink.close();
    }

    @Test
    void theLogOfTheJobManagerIsSent() throws Exception {
        assertThat(text(flink.jobManager().log())).contains(STARTED_JOB_MANAGER);
        assertThat(text(flink.jobManager().stdout())).isNotNull();
    }

    @Test
    void aLogThatIsListedIsSaved() throws Exception {
        LogInfo log = largest(answer(flink.jobManager().logs()));

        Path saved =
                answer(
                        flink.jobManager()
                                .log(log.name())
                                .thenCompose(file -> file.saveTo(folder.resolve(log.name()))));

        assertThat(Files.size(saved)).isGreaterThanOrEqualTo(log.size());
    }

    @Test
    void aLogThatIsNotThereIs404() {
        failure(flink.jobManager().log("no-such-file"))
                .isInstanceOf(FlinkRestException.class)
                .hasMessageContaining("404");
    }

    @Test
    void theLogOfATaskManagerIsSent() throws Exception {
        assertThat(text(flink.taskManagers().log(taskManager()))).contains(STARTED_TASK_MANAGER);
        assertThat(text(flink.taskManagers().stdout(taskManager()))).isNotNull();
        LogInfo log = largest(answer(flink.taskManagers().logs(taskManager())));
        assertThat(text(flink.taskManagers().log(taskManager(), log.name())).length()).isPositive();
    }

    @Test
    void threadsAreShown() throws Exception {
        assertThat(answer(flink.jobManager().threadDump()).threadInfos())
                .extracting(ThreadDumpInfo.ThreadInfo::threadName)
                .contains("main");
        assertThat(answer(flink.taskManagers().threadDump(taskManager())).threadInfos())
                .filteredOn(thread -> thread.threadName().equals("main"))
                .extracting(ThreadDumpInfo.ThreadInfo::stringifiedThreadInfo)
                .allMatch(thread -> thread.startsWith("\"main\" Id="));
    }

    private ResourceId taskManager() throws Exception {
        return answer(flink.taskManagers().list()).taskManagerInfos().get(0).resourceId();
    }

    private static LogInfo largest(LogListInfo logs) {
        return logs.logInfos().stream()
                .max((one, other) -> Long.compare(one.size(), other.size()))
                .orElseThrow();
    }

    private static String text(CompletableFuture<Download> file) throws Exception {
        try (Download download = answer(file)) {
            return new String(download.readAllBytes(), UTF_8);
        }
    }
}
