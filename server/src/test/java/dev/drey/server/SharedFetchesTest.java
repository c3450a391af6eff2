package dev.drey.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drey.server.telemetry.FetchMetrics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;
import org.junit.jupiter.api.Test;

/** Who asks when, counted at a dispatcher that answers when the test says so. */
class SharedFetchesTest {

    private static final Duration AGE = Duration.ofSeconds(3);
    private static final Duration MOMENT = Duration.ofNanos(1);

    private static final JobID JOB = new JobID();
    private static final JobID OTHER_JOB = new JobID();
    private static final Source<ExecutionGraphInfo> GRAPH = new Source.ExecutionGraph(JOB);

    private final Configuration configuration = new Configuration();
    private final List<CompletableFuture<ExecutionGraphInfo>> graphs = new ArrayList<>();
    private final List<CompletableFuture<CheckpointStatsSnapshot>> checkpoints = new ArrayList<>();
    private final List<CompletableFuture<ClusterOverview>> overviews = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Test
    void whatIsKeptIsAskedOnceHoweverManyWantIt() {
        SharedFetches fetches = fetches();
        CompletableFuture<ExecutionGraphInfo> first = fetches.get(GRAPH);
        CompletableFuture<ExecutionGraphInfo> second = fetches.get(new Source.ExecutionGraph(JOB));
        assertThat(graphs).hasSize(1);
        ExecutionGraphInfo graph = graph();
        graphs.get(0).complete(graph);

        assertThat(first).isCompletedWithValue(graph);
        assertThat(second).isCompletedWithValue(graph);
        assertThat(fetches.get(GRAPH)).isCompletedWithValue(graph);
        assertThat(graphs).hasSize(1);
    }

    @Test
    void itsAgeCountsFromWhenItWasAskedFor() {
        SharedFetches fetches = fetches();
        CompletableFuture<ExecutionGraphInfo> first = fetches.get(GRAPH);
        pass(AGE.minus(MOMENT));
        graphs.get(0).complete(graph());
        assertThat(first).isCompleted();
        assertThat(fetches.get(GRAPH)).isCompleted();

        pass(MOMENT);

        assertThat(fetches.get(GRAPH)).isNotDone();
        assertThat(graphs).hasSize(2);
    }

    @Test
    void aQuestionThatIsOutForTooLongIsJoinedNoMoreButAnswersThoseWhoWait() {
        SharedFetches fetches = fetches();
        CompletableFuture<ExecutionGraphInfo> first = fetches.get(GRAPH);
        pass(AGE);
        CompletableFuture<ExecutionGraphInfo> second = fetches.get(GRAPH);
        assertThat(graphs).hasSize(2);
        ExecutionGraphInfo later = graph();
        graphs.get(1).complete(later);
        assertThat(second).isCompletedWithValue(later);
        assertThat(first).isNotDone();

        ExecutionGraphInfo earlier = graph();
        graphs.get(0).complete(earlier);

        assertThat(first).isCompletedWithValue(earlier);
        assertThat(fetches.get(GRAPH)).isCompletedWithValue(later);
    }

    @Test
    void aFailureIsOfThoseWhoWaitedForIt() {
        SharedFetches fetches = fetches();
        CompletableFuture<ExecutionGraphInfo> first = fetches.get(GRAPH);
        graphs.get(0).completeExceptionally(new IllegalStateException("once"));
        assertThat(first).isCompletedExceptionally();

        CompletableFuture<ExecutionGraphInfo> second = fetches.get(GRAPH);
        graphs.get(1).complete(graph());

        assertThat(second).isCompleted();
    }

    @Test
    void aQuestionTheClusterCancelsIsAskedAgain() {
        SharedFetches fetches = fetches();
        CompletableFuture<ExecutionGraphInfo> first = fetches.get(GRAPH);
        graphs.get(0).cancel(false);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(first::join)
                .withCauseInstanceOf(CancellationException.class);

        assertThat(fetches.get(GRAPH)).isNotDone();
        assertThat(graphs).hasSize(2);
    }

    @Test
    void whoeverStopsWaitingStopsForHimselfAlone() {
        SharedFetches fetches = fetches();
        fetches.get(GRAPH).cancel(false);
        CompletableFuture<ExecutionGraphInfo> second = fetches.get(GRAPH);
        fetches.get(GRAPH).complete(null);
        fetches.get(new Source.Overview()).cancel(false);
        CompletableFuture<ClusterOverview> overview = fetches.get(new Source.Overview());
        fetches.get(new Source.Overview()).cancel(false);
        ExecutionGraphInfo graph = graph();
        graphs.get(0).complete(graph);
        overviews.get(0).complete(overview());
        overviews.get(1).complete(overview());

        assertThat(second).isCompletedWithValue(graph);
        assertThat(overview).isCompleted();
        assertThat(graphs).hasSize(1);
    }

    @Test
    void anAgeOfZeroMeansLive() {
        configuration.set(RestOptions.CACHE_EXECUTION_GRAPH_TIMEOUT, Duration.ZERO);
        assertAskedEachTime();
    }

    @Test
    void theDashboardsRefreshIntervalIsTheAgeWhereNoneIsSet() {
        configuration.set(WebOptions.REFRESH_INTERVAL, Duration.ofSeconds(7));
        SharedFetches fetches = fetches();
        askBoth(fetches);
        pass(Duration.ofSeconds(7).minus(MOMENT));
        askBoth(fetches);
        assertThat(graphs).hasSize(1);
        assertThat(checkpoints).hasSize(1);

        pass(MOMENT);
        askBoth(fetches);

        assertThat(graphs).hasSize(2);
        assertThat(checkpoints).hasSize(2);
    }

    @Test
    void graphsAndCheckpointsHaveAgesOfTheirOwn() {
        configuration.set(WebOptions.REFRESH_INTERVAL, Duration.ofSeconds(1));
        configuration.set(RestOptions.CACHE_EXECUTION_GRAPH_TIMEOUT, Duration.ofSeconds(5));
        configuration.set(RestOptions.CACHE_CHECKPOINT_STATISTICS_TIMEOUT, Duration.ofSeconds(9));
        SharedFetches fetches = fetches();
        askBoth(fetches);
        pass(Duration.ofSeconds(5));
        askBoth(fetches);
        assertThat(graphs).hasSize(2);
        assertThat(checkpoints).hasSize(1);

        pass(Duration.ofSeconds(4));
        askBoth(fetches);

        assertThat(checkpoints).hasSize(2);
    }

    @Test
    void noPlaceForCheckpointStatisticsMeansThatTheyAreLive() {
        configuration.set(RestOptions.CACHE_CHECKPOINT_STATISTICS_SIZE, 0);
        SharedFetches fetches = fetches();
        askBoth(fetches);
        askBoth(fetches);

        assertThat(checkpoints).hasSize(2);
    }

    @Test
    void aJobIsForgottenAlone() {
        SharedFetches fetches = fetches();
        Source<ExecutionGraphInfo> other = new Source.ExecutionGraph(OTHER_JOB);
        askBoth(fetches);
        var unused = fetches.get(other);
        graphs.get(1).complete(graph());

        fetches.forget(JOB);

        assertThat(fetches.get(other)).isCompleted();
        askBoth(fetches);
        assertThat(graphs).hasSize(3);
        assertThat(checkpoints).hasSize(2);
    }

    @Test
    void whatWasAskedBeforeAWriteIsNotJoinedAfterIt() {
        SharedFetches fetches = fetches();
        CompletableFuture<ExecutionGraphInfo> before = fetches.get(GRAPH);
        fetches.forget(JOB);
        CompletableFuture<ExecutionGraphInfo> after = fetches.get(GRAPH);
        assertThat(graphs).hasSize(2);
        graphs.get(0).complete(graph());
        assertThat(before).isCompleted();
        assertThat(after).isNotDone();
        ExecutionGraphInfo fresh = graph();
        graphs.get(1).complete(fresh);

        assertThat(after).isCompletedWithValue(fresh);
        assertThat(fetches.get(GRAPH)).isCompletedWithValue(fresh);
    }

    @Test
    void theNumberOfEntriesIsBounded() {
        configuration.set(DreyOptions.CACHE_MAX_ENTRIES, 3);
        SharedFetches fetches = fetches();
        for (int i = 0; i < 10; i++) {
            askOnce(fetches, new Source.ExecutionGraph(new JobID(i, i)));
        }

        assertThat(stillKept(fetches, 10)).isBetween(1L, 3L);
    }

    @Test
    void theirSizeIsBounded() {
        configuration.set(
                DreyOptions.CACHE_MAX_SIZE, new MemorySize(MemorySizes.of(graph()) * 11 / 4));
        SharedFetches fetches = fetches();
        for (int i = 0; i < 10; i++) {
            askOnce(fetches, new Source.ExecutionGraph(new JobID(i, i)));
        }

        assertThat(stillKept(fetches, 10)).isBetween(1L, 2L);
    }

    @Test
    void whatIsLargerThanAllSpaceIsAnsweredAndNotKept() {
        configuration.set(DreyOptions.CACHE_MAX_SIZE, new MemorySize(1_024));
        SharedFetches fetches = fetches();
        CompletableFuture<ExecutionGraphInfo> first = fetches.get(GRAPH);
        CompletableFuture<ExecutionGraphInfo> second = fetches.get(GRAPH);
        assertThat(graphs).hasSize(1);
        graphs.get(0).complete(graph());
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();

        assertThat(fetches.get(GRAPH)).isNotDone();
    }

    @Test
    void noEntriesAtAllMeansThatNothingIsKept() {
        configuration.set(DreyOptions.CACHE_MAX_ENTRIES, 0);
        assertAskedEachTime();
    }

    @Test
    void whatIsLiveIsAskedEachTime() {
        SharedFetches fetches = fetches();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<ClusterOverview> answer = fetches.get(new Source.Overview());
            overviews.get(i).complete(overview());
            assertThat(answer).isCompleted();
        }

        assertThat(overviews).hasSize(3);
    }

    @Test
    void oneLiveQuestionIsOutAndOneWaitsHoweverManyWantIt() {
        SharedFetches fetches = fetches();
        CompletableFuture<ClusterOverview> first = fetches.get(new Source.Overview());
        List<CompletableFuture<ClusterOverview>> later = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            later.add(fetches.get(new Source.Overview()));
        }
        assertThat(overviews).hasSize(1);

        overviews.get(0).complete(overview());
        assertThat(first).isCompleted();
        assertThat(later).noneMatch(CompletableFuture::isDone);
        assertThat(overviews).hasSize(2);
        CompletableFuture<ClusterOverview> last = fetches.get(new Source.Overview());

        ClusterOverview fresh = overview();
        overviews.get(1).complete(fresh);
        assertThat(later).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(fresh));
        assertThat(last).isNotDone();
        overviews.get(2).complete(overview());
        assertThat(last).isCompleted();
        assertThat(overviews).hasSize(3);
    }

    @Test
    void aLiveQuestionThatFailsFailsForThoseWhoAskedIt() {
        SharedFetches fetches = fetches();
        CompletableFuture<ClusterOverview> first = fetches.get(new Source.Overview());
        CompletableFuture<ClusterOverview> second = fetches.get(new Source.Overview());
        overviews.get(0).completeExceptionally(new IllegalStateException("once"));
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isNotDone();

        overviews.get(1).complete(overview());

        assertThat(second).isCompleted();
    }

    @Test
    void aClusterThatDoesNotAnswerHoldsUpNobodyForEver() {
        configuration.set(DreyOptions.READ_TIMEOUT, Duration.ofMillis(1));
        SharedFetches fetches = fetches();
        for (Source<?> source : List.of(new Source.Overview(), GRAPH)) {
            CompletableFuture<?> first = fetches.get(source);
            CompletableFuture<?> second = fetches.get(source);
            for (CompletableFuture<?> answer : List.of(first, second, fetches.get(source))) {
                assertThatExceptionOfType(CompletionException.class)
                        .isThrownBy(answer::join)
                        .withCauseInstanceOf(TimeoutException.class);
            }
        }
    }

    @Test
    void whateverAGatewayThrowsReachesThoseWhoWait() {
        SharedFetches fetches = fetches();
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(fetches.get(new Broken())::join)
                    .withCauseInstanceOf(NoClassDefFoundError.class);
        }
    }

    @Test
    void nobodyWaitsForALeaderWhoLeadsNoMore() {
        Deque<CompletableFuture<DispatcherGateway>> leaders = new ArrayDeque<>();
        leaders.push(
                CompletableFuture.completedFuture(
                        dispatcher()
                                .setRequestExecutionGraphInfoFunction(
                                        job -> new CompletableFuture<>())
                                .setRequestClusterOverviewSupplier(CompletableFuture::new)
                                .build()));
        SharedFetches fetches = fetches(gateways(leaders::peek));
        CompletableFuture<ClusterOverview> lost = fetches.get(new Source.Overview());
        CompletableFuture<ClusterOverview> queued = fetches.get(new Source.Overview());
        CompletableFuture<ExecutionGraphInfo> lostGraph = fetches.get(GRAPH);

        leaders.push(CompletableFuture.completedFuture(asked()));
        CompletableFuture<ClusterOverview> overview = fetches.get(new Source.Overview());
        CompletableFuture<ExecutionGraphInfo> graph = fetches.get(GRAPH);
        assertThat(overviews).hasSize(1);
        overviews.get(0).complete(overview());
        graphs.get(0).complete(graph());

        assertThat(overview).isCompleted();
        assertThat(queued).isCompleted();
        assertThat(graph).isCompleted();
        assertThat(lost).isNotDone();
        assertThat(lostGraph).isNotDone();
    }

    @Test
    void whatCannotBeWeighedIsAnsweredAndNotKept() {
        SharedFetches fetches = fetches();
        Source.Kept<ExecutionGraphInfo> source = new Weightless(JOB);
        CompletableFuture<ExecutionGraphInfo> answer = fetches.get(source);
        graphs.get(0).complete(graph());

        assertThat(answer).isCompleted();
        assertThat(fetches.get(source)).isNotDone();
        assertThat(graphs).hasSize(2);
    }

    @Test
    void whatIsNotThereIsKeptToo() {
        SharedFetches fetches = fetches();
        Source<CheckpointStatsSnapshot> source = new Source.CheckpointStatistics(JOB);
        CompletableFuture<CheckpointStatsSnapshot> answer = fetches.get(source);
        checkpoints.get(0).complete(null);

        assertThat(answer).isCompletedWithValue(null);
        assertThat(fetches.get(source)).isCompletedWithValue(null);
        assertThat(checkpoints).hasSize(1);
    }

    @Test
    void ofTwoSourcesEachIsAskedByItsOwnRule() {
        SharedFetches fetches = fetches();
        Source<?> both = new Source.Both<>(new Source.ExecutionGraph(JOB), new Source.Overview());
        for (int i = 0; i < 2; i++) {
            CompletableFuture<?> answers = fetches.get(both);
            graphs.get(0).complete(graph());
            overviews.get(i).complete(overview());
            assertThat(answers).isCompleted();
        }

        assertThat(graphs).hasSize(1);
        assertThat(overviews).hasSize(2);
    }

    @Test
    void whoeverReadsAfterAWriteToAnApplicationSeesItsEffectOnItsJobs() {
        TestingDispatcherGateway dispatcher =
                dispatcher()
                        .setRequestExecutionGraphInfoFunction(
                                job -> {
                                    graphs.add(CompletableFuture.completedFuture(graph()));
                                    return graphs.get(graphs.size() - 1);
                                })
                        .setCancelApplicationFunction(
                                application -> CompletableFuture.completedFuture(Acknowledge.get()))
                        .build();
        try (TestServer server = TestServer.cluster().dispatcher(dispatcher).start()) {
            server.get("/jobs/" + JOB).expect(200);

            server.send("POST", "/applications/" + JOB + "/cancel", "{}").expect(202);

            server.get("/jobs/" + JOB).expect(200);
            assertThat(graphs).hasSize(2);
        }
    }

    @Test
    void whoeverReadsAfterAWriteSeesItsEffect() {
        TestingDispatcherGateway dispatcher =
                dispatcher()
                        .setRequestExecutionGraphInfoFunction(
                                job -> {
                                    graphs.add(CompletableFuture.completedFuture(graph()));
                                    return graphs.get(graphs.size() - 1);
                                })
                        .build();
        try (TestServer server = TestServer.cluster().dispatcher(dispatcher).start()) {
            server.get("/jobs/" + JOB + "/plan").expect(200);
            server.get("/jobs/" + JOB).expect(200);
            server.get("/jobs/" + OTHER_JOB).expect(200);
            assertThat(graphs).hasSize(2);

            server.send("PATCH", "/jobs/" + JOB, "{}").expect(202);

            server.get("/jobs/" + OTHER_JOB).expect(200);
            assertThat(graphs).hasSize(2);
            server.get("/jobs/" + JOB).expect(200);
            assertThat(graphs).hasSize(3);
        }
    }

    @Test
    void aReadIsNoWrite() {
        TestingDispatcherGateway dispatcher =
                dispatcher()
                        .setRequestExecutionGraphInfoFunction(
                                job -> {
                                    graphs.add(CompletableFuture.completedFuture(graph()));
                                    return graphs.get(graphs.size() - 1);
                                })
                        .setRequestJobStatusFunction(
                                job -> CompletableFuture.completedFuture(JobStatus.RUNNING))
                        .build();
        try (TestServer server = TestServer.cluster().dispatcher(dispatcher).start()) {
            server.get("/jobs/" + JOB).expect(200);
            server.get("/jobs/" + JOB + "/status").expect(200);
            server.get("/jobs/" + JOB + "/config").expect(200);
        }
        assertThat(graphs).hasSize(1);
    }

    /** Cannot even be asked for. */
    private record Broken() implements Source.Single<String> {
        @Override
        public CompletableFuture<String> fetch(ClusterGateways gateways, Duration timeout) {
            throw new NoClassDefFoundError("gone");
        }

        @Override
        public String description() {
            return "nothing";
        }
    }

    /** Cannot be weighed. */
    private record Weightless(JobID jobId)
            implements Source.OfDispatcher<ExecutionGraphInfo>, Source.Kept<ExecutionGraphInfo> {
        @Override
        public CompletableFuture<ExecutionGraphInfo> ask(
                DispatcherGateway dispatcher, Duration timeout) {
            return dispatcher.requestExecutionGraphInfo(jobId, timeout);
        }

        @Override
        public String description() {
            return "a graph";
        }

        @Override
        public Duration maxAge(ReadableConfig configuration) {
            return AGE;
        }

        @Override
        public long size(ExecutionGraphInfo answer) {
            throw new NullPointerException("no size");
        }
    }

    private void assertAskedEachTime() {
        SharedFetches fetches = fetches();
        for (int i = 0; i < 2; i++) {
            CompletableFuture<ExecutionGraphInfo> answer = fetches.get(GRAPH);
            graphs.get(i).complete(graph());
            assertThat(answer).isCompleted();
        }
        assertThat(graphs).hasSize(2);
    }

    private void askBoth(SharedFetches fetches) {
        List<CompletableFuture<?>> answers =
                List.of(fetches.get(GRAPH), fetches.get(new Source.CheckpointStatistics(JOB)));
        graphs.forEach(asked -> asked.complete(graph()));
        checkpoints.forEach(asked -> asked.complete(CheckpointStatsSnapshot.empty()));
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    private void askOnce(SharedFetches fetches, Source<ExecutionGraphInfo> source) {
        CompletableFuture<ExecutionGraphInfo> first = fetches.get(source);
        graphs.get(graphs.size() - 1).complete(graph());
        assertThat(first).isCompleted();
    }

    private static long stillKept(SharedFetches fetches, int jobs) {
        return IntStream.range(0, jobs)
                .filter(i -> fetches.get(new Source.ExecutionGraph(new JobID(i, i))).isDone())
                .count();
    }

    @Test
    void whatIsKeptCountsAsSharedByAllButWhoAskedForIt() {
        SharedFetches fetches = fetches();
        CompletableFuture<ExecutionGraphInfo> first = fetches.get(GRAPH);
        CompletableFuture<ExecutionGraphInfo> joined = fetches.get(GRAPH);
        graphs.get(0).complete(graph());
        CompletableFuture<ExecutionGraphInfo> later = fetches.get(GRAPH);

        assertThat(List.of(first, joined, later)).allMatch(CompletableFuture::isDone);
        assertThat(counted)
                .containsExactly(
                        "asked ExecutionGraph", "shared ExecutionGraph", "shared ExecutionGraph");
    }

    @Test
    void whatIsLiveCountsAsSharedByWhoJoinsAQuestionThatSomebodyElseWaitsFor() {
        SharedFetches fetches = fetches();
        Source<ClusterOverview> overview = new Source.Overview();
        List<CompletableFuture<ClusterOverview>> answers =
                List.of(fetches.get(overview), fetches.get(overview), fetches.get(overview));
        overviews.get(0).complete(overview());
        overviews.get(1).complete(overview());

        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(counted).containsExactly("asked Overview", "shared Overview", "asked Overview");
    }

    @Test
    void whatThisProcessKnowsAsksNobody() {
        record Known() implements Source.Local<String> {
            @Override
            public CompletableFuture<String> fetch(ClusterGateways gateways, Duration timeout) {
                return CompletableFuture.completedFuture("known");
            }

            @Override
            public String description() {
                return "what is known";
            }
        }

        assertThat(fetches().get(new Known())).isCompletedWithValue("known");
        assertThat(counted).isEmpty();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private SharedFetches fetches() {
        CompletableFuture<DispatcherGateway> leader = CompletableFuture.completedFuture(asked());
        return fetches(gateways(() -> leader));
    }

    private SharedFetches fetches(ClusterGateways gateways) {
        return new SharedFetches(
                gateways, configuration, Runnable::run, counter(), () -> now.toNanos());
    }

    private FetchMetrics counter() {
        return new FetchMetrics() {
            @Override
            public void asked(Class<?> kind) {
                counted.add("asked " + kind.getSimpleName());
            }

            @Override
            public void shared(Class<?> kind) {
                counted.add("shared " + kind.getSimpleName());
            }
        };
    }

    /** A dispatcher whose questions are listed. */
    private DispatcherGateway asked() {
        return dispatcher()
                .setRequestExecutionGraphInfoFunction(job -> asked(graphs))
                .setRequestCheckpointStatsSnapshotFunction(job -> asked(checkpoints))
                .setRequestClusterOverviewSupplier(() -> asked(overviews))
                .build();
    }

    private static TestingDispatcherGateway.Builder dispatcher() {
        return TestingDispatcherGateway.newBuilder();
    }

    private static ClusterGateways gateways(GatewayRetriever<DispatcherGateway> dispatcher) {
        return TestGateways.to(dispatcher, Runnable::run);
    }

    private static <T> CompletableFuture<T> asked(List<CompletableFuture<T>> questions) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        questions.add(answer);
        return answer;
    }

    private static ExecutionGraphInfo graph() {
        return new ExecutionGraphInfo(new ArchivedExecutionGraphBuilder().build());
    }

    private static ClusterOverview overview() {
        return new ClusterOverview(1, 1, 0, 0, 0, 0, 0, 0, 0);
    }
}
