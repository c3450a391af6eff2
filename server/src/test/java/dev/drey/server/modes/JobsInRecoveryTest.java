package dev.drey.server.modes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.server.error.Failures;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.junit.jupiter.api.Test;

class JobsInRecoveryTest {

    private static final JobID RUNNING = new JobID(0, 1);
    private static final JobID OTHER = new JobID(0, 2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    private final Collection<JobID> plans = new ArrayList<>();
    private final Queue<Runnable> questions = new ArrayDeque<>();
    private CompletableFuture<DispatcherGateway> leader =
            CompletableFuture.completedFuture(dispatcher());
    private boolean isStoreAway;
    private final GuardedDispatchers dispatchers =
            new GuardedDispatchers(
                    () -> leader,
                    () -> new JobsInRecovery(this::plans, PATIENCE, questions::add, now::get));

    @Test
    void whatTheDispatcherKnowsIsNotLookedFor() {
        assertThat(statusOf(RUNNING)).isCompletedWithValue(JobStatus.RUNNING);
        assertThat(questions).isEmpty();
    }

    @Test
    void anUnknownJobWhosePlanIsKeptIsBeingRecovered() {
        plans.add(OTHER);

        assertThatThrownBy(() -> answered(statusOf(OTHER)))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessage("Job %s is being recovered: ask again", OTHER);
    }

    @Test
    void anUnknownJobWithoutAPlanIsUnknown() {
        assertThatThrownBy(() -> answered(statusOf(OTHER)))
                .isInstanceOf(FlinkJobNotFoundException.class)
                .hasMessageContaining(OTHER.toString());
    }

    @Test
    void whetherAJobIsToBeRecoveredMayNotBeKnown() {
        isStoreAway = true;

        assertThatThrownBy(() -> answered(statusOf(OTHER)))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("cannot be told");
    }

    @Test
    void thePlansAreListedOnceASecond() {
        List<CompletableFuture<JobStatus>> asked = List.of(statusOf(OTHER), statusOf(OTHER));
        assertThat(questions).as("questions while one is under way").hasSize(1);
        runQuestions();
        assertThat(asked).allMatch(CompletableFuture::isCompletedExceptionally);

        assertThat(statusOf(OTHER)).isCompletedExceptionally();
        now.addAndGet(Duration.ofSeconds(1).toNanos() - 1);
        assertThat(statusOf(OTHER)).isCompletedExceptionally();
        now.addAndGet(1);

        assertThat(statusOf(OTHER)).isNotDone();
        assertThat(questions).hasSize(1);
    }

    @Test
    void aStoreThatDoesNotAnswerIsNotAskedAgainMeanwhile() {
        assertThat(statusOf(OTHER)).isNotDone();
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(statusOf(OTHER)).isNotDone();

        assertThat(questions).hasSize(1);
    }

    @Test
    void ofANextLeaderThePlansAreListedAnew() {
        assertThatThrownBy(() -> answered(statusOf(OTHER)))
                .isInstanceOf(FlinkJobNotFoundException.class);
        plans.add(OTHER);
        leader = CompletableFuture.completedFuture(dispatcher());

        assertThatThrownBy(() -> answered(statusOf(OTHER)))
                .isInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void aLeaderIsOneAsLongAsItLeads() {
        assertThat(dispatchers.getFuture()).isSameAs(dispatchers.getFuture());
        CompletableFuture<DispatcherGateway> before = dispatchers.getFuture();
        leader = new CompletableFuture<>();

        assertThat(dispatchers.getFuture()).isNotSameAs(before).isNotDone();
    }

    private Collection<JobID> plans() throws IOException {
        if (isStoreAway) {
            throw new IOException("connection lost");
        }
        return plans;
    }

    private CompletableFuture<JobStatus> statusOf(JobID job) {
        return dispatchers.getFuture().join().requestJobStatus(job, PATIENCE);
    }

    private void answered(CompletableFuture<JobStatus> answer) throws Throwable {
        runQuestions();
        assertThat(answer).isDone();
        try {
            answer.join();
        } catch (RuntimeException e) {
            throw Failures.strip(e);
        }
    }

    private void runQuestions() {
        while (!questions.isEmpty()) {
            questions.remove().run();
        }
    }

    private static DispatcherGateway dispatcher() {
        return TestingDispatcherGateway.newBuilder()
                .setRequestJobStatusFunction(
                        job ->
                                job.equals(RUNNING)
                                        ? CompletableFuture.completedFuture(JobStatus.RUNNING)
                                        : CompletableFuture.failedFuture(
                                                new FlinkJobNotFoundException(job)))
                .build();
    }
}
