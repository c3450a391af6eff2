package dev.drey.server.modes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.junit.jupiter.api.Test;

class LeaderPulseTest {

    private static final JobID JOB = new JobID();
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final CompletableFuture<Acknowledge> cancelled = new CompletableFuture<>();
    private final CompletableFuture<JobStatus> status = new CompletableFuture<>();
    private final AtomicInteger beats = new AtomicInteger();
    private volatile CompletableFuture<Integer> pulse = CompletableFuture.completedFuture(1);

    private final DispatcherGateway leader =
            new GuardedDispatchers(
                            () -> CompletableFuture.completedFuture(frozenAtTimes()),
                            () -> new LeaderPulse(PATIENCE, Runnable::run))
                    .getFuture()
                    .join();

    @Test
    void aWriteThatALivingLeaderTakesLongForIsAwaited() throws Exception {
        CompletableFuture<Acknowledge> write = leader.cancelJob(JOB, PATIENCE);
        TestServer.await("it was asked twice", () -> beats.get() > 1);
        assertThat(write).isNotDone();

        cancelled.complete(Acknowledge.get());

        assertThat(write.get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isEqualTo(Acknowledge.get());
    }

    @Test
    void aWriteThatAFrozenLeaderWasToldIsGivenUp() {
        pulse = new CompletableFuture<>();

        assertThat(leader.cancelJob(JOB, PATIENCE))
                .failsWithin(Duration.ofSeconds(TestServer.PATIENCE_SECONDS))
                .withThrowableThat()
                .withCauseInstanceOf(TimeoutException.class)
                .withMessageContaining("whether it did cancelJob is unknown");
        assertThat(cancelled).as("what the leader does").isNotDone();
    }

    @Test
    void readsHaveATimeoutOfTheirOwn() {
        pulse = CompletableFuture.failedFuture(new TimeoutException());

        assertThat(leader.requestJobStatus(JOB, PATIENCE)).isSameAs(status);
    }

    /** Flink's fake has a fixed port. */
    private DispatcherGateway frozenAtTimes() {
        DispatcherGateway fake =
                TestingDispatcherGateway.newBuilder()
                        .setCancelJobFunction(job -> cancelled)
                        .setRequestJobStatusFunction(job -> status)
                        .build();
        return (DispatcherGateway)
                java.lang.reflect.Proxy.newProxyInstance(
                        DispatcherGateway.class.getClassLoader(),
                        new Class<?>[] {DispatcherGateway.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("getBlobServerPort")) {
                                beats.incrementAndGet();
                                return pulse.copy();
                            }
                            return method.invoke(fake, arguments);
                        });
    }
}
