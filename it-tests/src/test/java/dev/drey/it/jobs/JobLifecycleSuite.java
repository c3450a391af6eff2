package dev.drey.it.jobs;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.async.OperationFuture;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.CountingJob;
import dev.drey.it.example.ShortJob;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.checkpoints.CheckpointingStatistics;
import dev.drey.model.cluster.ClusterOverviewWithVersion;
import dev.drey.model.cluster.DashboardConfiguration;
import dev.drey.model.jars.JarListInfo.JarEntryInfo;
import dev.drey.model.jars.JarListInfo.JarFileInfo;
import dev.drey.model.jars.JarPlanRequestBody;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jobs.ExecutionState;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobDetailsInfo;
import dev.drey.model.jobs.JobEvent;
import dev.drey.model.jobs.JobEvent.CheckpointEnded;
import dev.drey.model.jobs.JobEvent.StatusChanged;
import dev.drey.model.jobs.JobIdsWithStatusOverview.JobIdWithStatus;
import dev.drey.model.jobs.JobPlanInfo;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.jobs.JobStatusInfo;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import dev.drey.model.taskmanagers.TaskManagerInfo;
import dev.drey.model.vertices.FlameGraphType;
import dev.drey.model.vertices.VertexFlameGraph;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the upload of a jar to the end of its job, through the SDK alone. */
public abstract class JobLifecycleSuite {

    private static final int SLOTS = 4;

    private final Cluster cluster;
    private final FlinkMonitoringClient flink;
    private ExampleJobs examples;

    protected JobLifecycleSuite(Cluster cluster) {
        this.cluster = cluster;
        flink = cluster.client();
    }

    @BeforeEach
    void upload() {
        examples = ExampleJobs.upload(flink, cluster.jobJar());
    }

    @AfterEach
    void cleanUp() throws Exception {
        try (flink) {
            examples.close();
        }
    }

    @Test
    void uploadedJarIsListedUntilItIsDeleted() {
        JarFileInfo listed =
                jars().stream()
                        .filter(jar -> jar.id().equals(examples.jar()))
                        .findFirst()
                        .orElseThrow();
        assertThat(listed.name()).isEqualTo("drey-it-jobs.jar");
        assertThat(listed.uploaded()).isCloseTo(System.currentTimeMillis(), within(60_000L));
        assertThat(listed.jarEntryList())
                .extracting(JarEntryInfo::name)
                .containsExactly(CountingJob.class.getName());

        ExampleJobs others = ExampleJobs.upload(flink, cluster.jobJar());
        assertThat(others.jar()).isNotEqualTo(examples.jar());
        answer(flink.jars().delete(others.jar()));

        assertThat(jars())
                .extracting(JarFileInfo::id)
                .contains(examples.jar())
                .doesNotContain(others.jar());
    }

    @Test
    void runningJobIsSeenInEveryView() throws Exception {
        JobId job = examples.start(CountingJob.class);
        await(job).isRunning();
        CheckpointingStatistics checkpoints = await(job).hasCompletedCheckpoint();

        assertThat(answer(flink.jobs().status(job)))
                .isEqualTo(new JobStatusInfo(JobStatus.RUNNING));
        assertThat(answer(flink.jobs().list()).jobs())
                .contains(new JobIdWithStatus(job, JobStatus.RUNNING));

        JobDetails summary =
                answer(flink.jobs().overview()).jobs().stream()
                        .filter(details -> details.jobId().equals(job))
                        .findFirst()
                        .orElseThrow();
        assertThat(summary.jobName()).isEqualTo(CountingJob.NAME);
        assertThat(summary.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(summary.endTime()).isEqualTo(-1);
        assertThat(summary.tasks().total()).isEqualTo(2);

        JobPlanInfo.Plan plan = answer(flink.jobs().plan(job)).plan();
        assertThat(plan.jobId()).isEqualTo(job);
        assertThat(plan.nodes()).hasSize(2);
        JobPlanInfo.Node source = onlyNode(plan, true);
        JobPlanInfo.Node sink = onlyNode(plan, false);
        assertThat(source.description()).contains("numbers");
        assertThat(sink.description()).contains("count").contains("nowhere");
        assertThat(sink.inputs())
                .singleElement()
                .satisfies(
                        edge -> {
                            assertThat(edge.id()).isEqualTo(source.id());
                            assertThat(edge.shipStrategy()).isEqualTo("HASH");
                        });

        JobDetailsInfo details = detailsWithRunningVertices(job);
        assertThat(details.jobId()).isEqualTo(job);
        assertThat(details.name()).isEqualTo(CountingJob.NAME);
        assertThat(details.jobStatus()).isEqualTo(JobStatus.RUNNING);
        assertThat(details.timestamps().get(JobStatus.RUNNING)).isPositive();
        assertThat(details.plan()).isEqualTo(plan);
        assertThat(details.jobVertexInfos())
                .extracting(JobDetailsInfo.JobVertexDetailsInfo::jobVertexId)
                .containsExactly(source.id(), sink.id());

        assertThat(checkpoints.counts().total())
                .isGreaterThanOrEqualTo(checkpoints.counts().completed());
        assertThat(checkpoints.counts().restored()).isZero();
        assertThat(checkpoints.latestCheckpoints().completed().id()).isPositive();
        assertThat(checkpoints.latestCheckpoints().restored()).isNull();
        assertThat(checkpoints.history()).isNotEmpty();
    }

    @Test
    void planOfAJarIsThatOfItsJob() throws Exception {
        JobId job = examples.start(CountingJob.class);
        await(job).isRunning();
        JobPlanInfo.Plan running = answer(flink.jobs().plan(job)).plan();

        JobPlanInfo.Plan plan = answer(flink.jars().plan(examples.jar())).plan();
        JobPlanInfo.Plan other =
                answer(
                                flink.jars()
                                        .plan(
                                                examples.jar(),
                                                JarPlanRequestBody.builder()
                                                        .entryClassName(ShortJob.class.getName())
                                                        .jobId(job)
                                                        .build()))
                        .plan();

        assertThat(plan.jobId()).isNotEqualTo(job);
        assertThat(plan.name()).isEqualTo(CountingJob.NAME);
        assertThat(plan.nodes()).isEqualTo(running.nodes());
        assertThat(other.jobId()).isEqualTo(job);
        assertThat(other.nodes()).isNotEqualTo(plan.nodes());
    }

    @Test
    void threadsOfARunningVertexAreSeen() throws Exception {
        JobId job = examples.start(CountingJob.class);
        await(job).isRunning();
        JobVertexId source = detailsWithRunningVertices(job).jobVertexInfos().get(0).jobVertexId();

        VertexFlameGraph.Node ofVertex =
                sampled(() -> flink.vertices().flameGraph(job, source, FlameGraphType.FULL));
        VertexFlameGraph.Node ofSubtask =
                sampled(() -> flink.vertices().flameGraph(job, source, 0, FlameGraphType.FULL));

        for (VertexFlameGraph.Node root : List.of(ofVertex, ofSubtask)) {
            assertThat(root.name()).isEqualTo("root");
            assertThat(root.value()).isPositive();
            assertThat(root.children())
                    .singleElement()
                    .extracting(VertexFlameGraph.Node::name)
                    .asString()
                    .startsWith("java.lang.Thread.run");
        }

        answer(flink.jobs().cancel(job));
        await(job).isCanceled();
        Await.untilTrue(
                "the vertex has no threads any more",
                () ->
                        answer(flink.vertices().flameGraph(job, source, FlameGraphType.FULL))
                                        .endTimestamp()
                                == VertexFlameGraph.TERMINATED);
    }

    @Test
    void clusterIsSeenInEveryView() throws Exception {
        JobId job = examples.start(CountingJob.class);
        await(job).isRunning();

        ClusterOverviewWithVersion overview = answer(flink.cluster().overview());
        assertThat(overview.version()).isEqualTo(cluster.flinkVersion());
        assertThat(overview.taskManagers()).isEqualTo(1);
        assertThat(overview.slotsTotal()).isEqualTo(SLOTS);
        assertThat(overview.slotsAvailable()).isEqualTo(SLOTS - 1);
        assertThat(overview.jobsRunningOrPending()).isEqualTo(1);

        DashboardConfiguration configuration = answer(flink.cluster().configuration());
        assertThat(configuration.flinkVersion()).isEqualTo(cluster.flinkVersion());
        assertThat(configuration.refreshInterval()).isEqualTo(cluster.refreshInterval().toMillis());
        assertThat(configuration.features().webSubmit()).isTrue();
        assertThat(configuration.features().webHistory()).isFalse();

        List<TaskManagerInfo> taskManagers = answer(flink.taskManagers().list()).taskManagerInfos();
        assertThat(taskManagers)
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.resourceId().value()).isNotBlank();
                            assertThat(one.numberSlots()).isEqualTo(SLOTS);
                            assertThat(one.numberAvailableSlots()).isEqualTo(SLOTS - 1);
                            assertThat(one.hardwareDescription().numberOfCpuCores()).isPositive();
                        });
    }

    @Test
    void savepointLiesWhereTheClusterSaysAndIsFoundAgainByItsTrigger(@TempDir Path folder)
            throws Exception {
        JobId job = examples.start(CountingJob.class);
        await(job).isRunning();

        OperationFuture<SavepointInfo> savepoint =
                flink.savepoints().trigger(job, savepointIn(folder));
        assertThat(answer(savepoint.acknowledged())).isEqualTo(savepoint.triggerId());
        String location = answer(savepoint.result()).location();

        Path saved = Path.of(URI.create(location).getPath());
        assertThat(saved).hasParentRaw(folder);
        assertThat(saved.resolve("_metadata")).isNotEmptyFile();
        assertThat(answer(flink.savepoints().resume(job, savepoint.triggerId()).result()))
                .isEqualTo(SavepointInfo.completed(location));
        await(job).isRunning();
    }

    @Test
    void jobGoesOnFromASavepoint(@TempDir Path folder) throws Exception {
        JobId first = examples.start(CountingJob.class);
        await(first).isRunning();
        String location =
                answer(flink.savepoints().trigger(first, savepointIn(folder)).result()).location();
        answer(flink.jobs().cancel(first));
        await(first).isCanceled();

        JobId second = examples.start(JarRunRequestBody.builder().savepointPath(location).build());
        await(second).isRunning();
        CheckpointingStatistics checkpoints = await(second).isRestored();

        assertThat(second).isNotEqualTo(first);
        assertThat(checkpoints.counts().restored()).isEqualTo(1);
        assertThat(checkpoints.latestCheckpoints().restored().savepoint()).isTrue();
        assertThat(checkpoints.latestCheckpoints().restored().externalPath()).isEqualTo(location);
    }

    @Test
    void whoWatchesAJobIsToldWhatHappensToIt(@TempDir Path folder) throws Exception {
        JobId job = examples.start(CountingJob.class);
        await(job).isRunning();
        JobDiary diary = JobDiary.of(flink.jobs().watch(job));
        answer(diary.begun());

        SavepointInfo savepoint =
                answer(flink.savepoints().trigger(job, savepointIn(folder)).result());
        answer(flink.jobs().cancel(job));

        List<JobEvent> told = answer(diary.whole());
        assertThat(told)
                .filteredOn(StatusChanged.class::isInstance)
                .extracting(event -> ((StatusChanged) event).to())
                .startsWith(JobStatus.RUNNING)
                .endsWith(JobStatus.CANCELED)
                .doesNotHaveDuplicates();
        assertThat(told)
                .filteredOn(
                        event ->
                                event instanceof CheckpointEnded ended
                                        && ended.checkpoint().savepoint())
                .singleElement()
                .extracting(event -> ((CheckpointEnded) event).checkpoint())
                .extracting(
                        checkpoint -> ((CheckpointStatistics.Completed) checkpoint).externalPath())
                .isEqualTo(savepoint.location());
        assertThat(told).noneMatch(event -> event instanceof JobEvent.Missed);
    }

    @Test
    void cancelledJobEndsAndIsRemembered() throws Exception {
        JobId job = examples.start(CountingJob.class);
        await(job).isRunning();

        answer(flink.jobs().cancel(job));

        await(job).isCanceled();
        assertThat(answer(flink.jobs().list()).jobs())
                .contains(new JobIdWithStatus(job, JobStatus.CANCELED));
    }

    @Test
    void applicationIsCancelledWithItsJob() throws Exception {
        JobId job = examples.start(CountingJob.class);
        await(job).isRunning();

        answer(flink.applications().cancel(answer(flink.jobs().details(job)).applicationId()));

        await(job).isCanceled();
    }

    private Await.OfJob await(JobId job) {
        return Await.job(flink, job);
    }

    private List<JarFileInfo> jars() {
        return answer(flink.jars().list()).jarFileList();
    }

    /** Stock Flink shows details up to a refresh interval old, in which tasks may not run yet. */
    private JobDetailsInfo detailsWithRunningVertices(JobId job) throws Exception {
        return Await.until(
                "the details of job %s show that its vertices run".formatted(job),
                () ->
                        Optional.of(answer(flink.jobs().details(job)))
                                .filter(
                                        details ->
                                                details.jobVertexInfos().stream()
                                                        .allMatch(
                                                                vertex ->
                                                                        vertex.executionState()
                                                                                == ExecutionState
                                                                                        .RUNNING)));
    }

    /** The root of the graph that the first question makes the cluster take samples for. */
    private static VertexFlameGraph.Node sampled(
            Supplier<CompletableFuture<VertexFlameGraph>> graph) throws Exception {
        return Await.until(
                "samples of threads are taken",
                () -> Optional.ofNullable(answer(graph.get()).data()));
    }

    private static JobPlanInfo.Node onlyNode(JobPlanInfo.Plan plan, boolean source) {
        return plan.nodes().stream()
                .filter(node -> (node.inputs() == null || node.inputs().isEmpty()) == source)
                .findFirst()
                .orElseThrow();
    }

    private static SavepointTriggerRequestBody savepointIn(Path folder) {
        return new SavepointTriggerRequestBody(folder.toUri().toString(), null, null, null);
    }
}
