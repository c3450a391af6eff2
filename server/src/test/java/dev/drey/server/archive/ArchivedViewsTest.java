package dev.drey.server.archive;

import static dev.drey.server.vertices.Graphs.JOB;
import static dev.drey.server.vertices.Graphs.attempt;
import static dev.drey.server.vertices.Graphs.speculative;
import static dev.drey.server.vertices.Graphs.subtask;
import static dev.drey.server.vertices.Graphs.vertex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.server.JsonTrees;
import dev.drey.server.TestServer;
import dev.drey.server.checkpoints.TrackedCheckpoints;
import dev.drey.server.error.StartupException;
import dev.drey.server.jobmanager.ThisProcess;
import dev.drey.server.rescaling.Rescales;
import dev.drey.server.vertices.Graphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;
import org.apache.flink.api.common.ApplicationID;
import org.apache.flink.api.common.ApplicationState;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.accumulators.StringifiedAccumulatorResult;
import org.apache.flink.runtime.application.ApplicationExceptionHistoryEntry;
import org.apache.flink.runtime.application.ArchivedApplication;
import org.apache.flink.runtime.blob.NoOpTransientBlobService;
import org.apache.flink.runtime.checkpoint.CheckpointProperties;
import org.apache.flink.runtime.checkpoint.CheckpointStatsBridge;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.dispatcher.DispatcherRestEndpoint;
import org.apache.flink.runtime.dispatcher.HistoryServerArchivist;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionGraph;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.executiongraph.ExecutionHistoryBridge;
import org.apache.flink.runtime.executiongraph.IOMetrics;
import org.apache.flink.runtime.history.ArchivePathUtils;
import org.apache.flink.runtime.history.FsJsonArchivist;
import org.apache.flink.runtime.jobgraph.JobType;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobgraph.tasks.CheckpointCoordinatorConfiguration;
import org.apache.flink.runtime.leaderelection.TestingLeaderElection;
import org.apache.flink.runtime.rest.RestEndpointFactory;
import org.apache.flink.runtime.rest.handler.RestHandlerConfiguration;
import org.apache.flink.runtime.rest.handler.legacy.metrics.VoidMetricFetcher;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionConfigBuilder;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.rest.messages.JobPlanInfo;
import org.apache.flink.runtime.rest.messages.job.rescales.JobRescaleConfigInfo;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.adaptive.timeline.TerminatedReason;
import org.apache.flink.runtime.scheduler.adaptive.timeline.TriggerCause;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;
import org.apache.flink.runtime.taskmanager.TaskManagerLocation;
import org.apache.flink.runtime.util.TestingFatalErrorHandler;
import org.apache.flink.runtime.webmonitor.history.ArchivedJson;
import org.apache.flink.util.OptionalFailure;
import org.apache.flink.util.SerializedValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is archived, against what Flink's own endpoint archives of the same job. */
class ArchivedViewsTest {

    private static final JobVertexID SINK = new JobVertexID(3, 4);
    private static final IOMetrics IO = new IOMetrics(10, 20, 30, 40, 50, 60.5, 70);
    private static final TaskManagerLocation HERE = Graphs.taskManager("tm-here");
    private static final TaskManagerLocation THERE = Graphs.taskManager("tm-there-1");

    @TempDir Path folder;

    private final TestingFatalErrorHandler fatal = new TestingFatalErrorHandler();
    private ScheduledExecutorService executor;
    private DispatcherRestEndpoint flink;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(WebOptions.TMP_DIR, folder.toString());
        RestHandlerConfiguration handlers =
                RestHandlerConfiguration.fromConfiguration(configuration);
        executor = Executors.newSingleThreadScheduledExecutor();
        flink =
                new DispatcherRestEndpoint(
                        CompletableFuture::new,
                        configuration,
                        handlers,
                        CompletableFuture::new,
                        NoOpTransientBlobService.INSTANCE,
                        executor,
                        VoidMetricFetcher.INSTANCE,
                        new TestingLeaderElection(),
                        RestEndpointFactory.createExecutionGraphCache(handlers),
                        fatal);
        flink.start();
        server =
                TestServer.cluster()
                        .jobManager(new ThisProcess(configuration, Runnable::run))
                        .start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        flink.close();
        executor.shutdownNow();
        fatal.rethrowError();
    }

    @Test
    void aJobIsArchivedAsFlinkArchivesIt() throws Exception {
        ExecutionGraphInfo job = job();

        Map<String, JsonNode> archived = trees(views().archiveJsonWithPath(job));

        assertThat(archived).isEqualTo(trees(flink.archiveJsonWithPath(job)));
        assertThat(archived)
                .containsKeys(
                        "/jobs/overview",
                        "/jobs/%s/vertices/%s/subtasks/0/attempts/1".formatted(JOB, Graphs.VERTEX),
                        "/jobs/%s/checkpoints/details/3".formatted(JOB))
                .allSatisfy((path, answer) -> assertThat(answer.has("errors")).isFalse());
        assertThat(archived.get("/jobs/" + JOB).at("/state").textValue()).isEqualTo("FAILED");
    }

    @Test
    void whatAJobDoesNotHaveIsSaidUnderTheSamePaths() throws Exception {
        ExecutionGraphInfo job =
                new ExecutionGraphInfo(
                        new ArchivedExecutionGraphBuilder()
                                .setJobID(JOB)
                                .setState(JobStatus.CANCELED)
                                .setStateTimestamps(timestamps(JobStatus.values().length))
                                .setPlan(plan())
                                .build());

        Map<String, JsonNode> expected = trees(flink.archiveJsonWithPath(job));
        Map<String, JsonNode> archived = trees(views().archiveJsonWithPath(job));

        assertThat(archived.keySet()).isEqualTo(expected.keySet());
        assertThat(archived)
                .allSatisfy(
                        (path, answer) -> {
                            if (expected.get(path).has("errors")) {
                                assertThat(answer.size()).isOne();
                                assertThat(answer.get("errors")).hasSize(1);
                            } else {
                                assertThat(answer).isEqualTo(expected.get(path));
                            }
                        });
        assertThat(archived.get("/jobs/%s/checkpoints".formatted(JOB)).at("/errors/0").textValue())
                .isEqualTo("Checkpointing is not enabled for this job");
    }

    @Test
    void anApplicationIsArchivedAsFlinkArchivesIt() throws Exception {
        ArchivedApplication application = application();

        Map<String, JsonNode> archived = trees(views().archiveApplicationWithPath(application));

        assertThat(archived).isEqualTo(trees(flink.archiveApplicationWithPath(application)));
        assertThat(archived).containsKey("/applications/overview");
    }

    @Test
    void theArchiveIsWhereAHistoryServerLooksForIt() throws Exception {
        Configuration configuration = archivingIn(folder.resolve("archive"));
        HistoryServerArchivist archivist = archivist(configuration);
        ExecutionGraphInfo job = job();
        ArchivedApplication application = application();
        ApplicationID id = application.getApplicationId();

        archivist.archiveExecutionGraph(job, id).join();
        archivist.archiveApplication(application).join();

        assertThat(read(ArchivePathUtils.getJobArchivePath(configuration, JOB, id)))
                .isEqualTo(trees(flink.archiveJsonWithPath(job)));
        assertThat(read(ArchivePathUtils.getApplicationArchivePath(configuration, id)))
                .isEqualTo(trees(flink.archiveApplicationWithPath(application)));
    }

    @Test
    void aFolderThatCannotBeWrittenToFailsTheArchiveAlone() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(archivist(archivingIn(file)).archiveExecutionGraph(job(), null))
                .failsWithin(Duration.ofSeconds(TestServer.PATIENCE_SECONDS))
                .withThrowableOfType(ExecutionException.class)
                .havingRootCause()
                .isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoFolderIsRefusedAtTheStart() {
        Configuration configuration = new Configuration();
        configuration.set(JobManagerOptions.ARCHIVE_DIR, "");

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> archivist(configuration))
                .withMessageStartingWith("jobmanager.archive.fs.dir: '' is no folder");
    }

    private ArchivedViews views() {
        return new ArchivedViews(server.application());
    }

    private HistoryServerArchivist archivist(Configuration configuration) throws Exception {
        return ArchivedViews.archivist(configuration, server.application(), Runnable::run);
    }

    private static Configuration archivingIn(Path folder) {
        Configuration configuration = new Configuration();
        configuration.set(JobManagerOptions.ARCHIVE_DIR, folder.toUri().toString());
        return configuration;
    }

    private static Map<String, JsonNode> read(org.apache.flink.core.fs.Path archive)
            throws IOException {
        return trees(FsJsonArchivist.readArchivedJsons(archive));
    }

    /** A path that is there twice fails. */
    private static Map<String, JsonNode> trees(Collection<ArchivedJson> archive) {
        Map<String, JsonNode> trees = new TreeMap<>();
        for (ArchivedJson answer : archive) {
            assertThat(trees.put(answer.getPath(), withoutClock(answer.getJson()))).isNull();
        }
        return trees;
    }

    private static JsonNode withoutClock(String json) {
        JsonNode tree = JsonTrees.of(json);
        if (tree instanceof ObjectNode view) {
            view.remove("now");
        }
        return tree;
    }

    private static ExecutionGraphInfo job() throws Exception {
        Rescales rescales = new Rescales();
        rescales.end(TriggerCause.INITIAL_SCHEDULE, 100, TerminatedReason.SUCCEEDED);
        rescales.end(TriggerCause.UPDATE_REQUIREMENT, 200, TerminatedReason.EXCEPTION_OCCURRED);
        return new ExecutionGraphInfo(
                graph(),
                List.of(
                        new RootExceptionHistoryEntry(
                                new IllegalStateException("no", new IOException("disk")),
                                5,
                                CompletableFuture.completedFuture(Map.of("type", "USER")),
                                "map (1/2)",
                                HERE,
                                List.of())),
                SchedulerType.Adaptive,
                new JobRescaleConfigInfo(20, null, 1L, 2L, 3L, 4L, 5L, 6L, 7),
                rescales.snapshot());
    }

    private static ArchivedExecutionGraph graph() throws Exception {
        ArchivedExecutionJobVertex source =
                vertex(
                        Graphs.VERTEX,
                        subtask(
                                attempt(0, 2, ExecutionState.FAILED, HERE, IO),
                                ExecutionHistoryBridge.of(
                                        1,
                                        attempt(0, 0, ExecutionState.FAILED, HERE, IO),
                                        attempt(0, 1, ExecutionState.FAILED, THERE, IO))),
                        speculative(
                                attempt(1, 1, ExecutionState.CANCELED, THERE, IO),
                                attempt(1, 0, ExecutionState.CANCELED, HERE, IO)));
        ArchivedExecutionJobVertex sink =
                vertex(SINK, subtask(attempt(0, 0, ExecutionState.FINISHED, THERE, IO)));
        Map<JobVertexID, ArchivedExecutionJobVertex> vertices = new LinkedHashMap<>();
        vertices.put(Graphs.VERTEX, source);
        vertices.put(SINK, sink);
        return new ArchivedExecutionGraph(
                JOB,
                "a \"job\"",
                vertices,
                List.of(source, sink),
                timestamps(JobStatus.values().length),
                JobStatus.FAILED,
                JobType.STREAMING,
                new ErrorInfo(new IllegalStateException("no"), 5),
                plan(),
                new StringifiedAccumulatorResult[] {
                    new StringifiedAccumulatorResult("seen", "IntCounter", "7")
                },
                Map.of("seen", new SerializedValue<>(OptionalFailure.<Object>of(7))),
                new ArchivedExecutionConfigBuilder().build(),
                false,
                CheckpointCoordinatorConfiguration.builder().setCheckpointInterval(11).build(),
                checkpoints(),
                "hashmap",
                "filesystem",
                null,
                null,
                "{}",
                0,
                new ApplicationID(7, 8));
    }

    private static JobPlanInfo.Plan plan() {
        return new JobPlanInfo.Plan(JOB.toString(), "a \"job\"", "STREAMING", List.of());
    }

    /** One that completed, one that failed, and a savepoint. */
    private static CheckpointStatsSnapshot checkpoints() {
        TrackedCheckpoints checkpoints = new TrackedCheckpoints();
        checkpoints.complete(1);
        CheckpointStatsBridge.fail(
                checkpoints.tracker(),
                checkpoints.trigger(2, TrackedCheckpoints.CHECKPOINT),
                2_900,
                new IOException("disk"));
        CheckpointStatsBridge.complete(
                checkpoints.tracker(),
                TrackedCheckpoints.acknowledged(
                        checkpoints.trigger(
                                3,
                                CheckpointProperties.forSavepoint(
                                        true, SavepointFormatType.CANONICAL)),
                        false),
                "file:///savepoints/3");
        return checkpoints.snapshot();
    }

    private static ArchivedApplication application() throws Exception {
        return new ArchivedApplication(
                new ApplicationID(7, 8),
                "an application",
                ApplicationState.FAILED,
                timestamps(ApplicationState.values().length),
                Map.of(JOB, job()),
                List.of(
                        new ApplicationExceptionHistoryEntry(
                                new IllegalStateException("no"), 5, new JobID(1, 2))));
    }

    private static long[] timestamps(int count) {
        return LongStream.range(0, count).map(number -> 1_000 + number).toArray();
    }
}
