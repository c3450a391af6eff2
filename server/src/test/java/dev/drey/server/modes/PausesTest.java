package dev.drey.server.modes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;
import org.junit.jupiter.api.Test;

class PausesTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - LIMIT.toNanos());
    private final DispatcherGateway leader = TestingDispatcherGateway.newBuilder().build();
    private final Pauses pauses = new Pauses(LIMIT.toNanos(), now::get);
    private final GatewayRetriever<DispatcherGateway> guarded =
            pauses.guard(() -> CompletableFuture.completedFuture(leader));

    @Test
    void whoStandsStillForAShortTimeKnowsTheLeader() {
        pass(LIMIT);
        assertThat(guarded.getNow()).isEqualTo(Optional.of(leader));
        pauses.tick();
        assertThat(guarded.getNow()).isEqualTo(Optional.of(leader));
    }

    @Test
    void whoStoodStillKnowsNobody() {
        pass(LIMIT.plusNanos(1));
        assertThat(guarded.getFuture()).as("before anything else happened").isNotDone();
        pauses.tick();
        assertThat(guarded.getFuture()).as("right after").isNotDone();
    }

    @Test
    void whoHasHeardTheNewsKnowsTheLeaderAgain() {
        pass(LIMIT.plusNanos(1));
        pauses.tick();
        for (Duration left = Pauses.MOMENTS;
                left.compareTo(Duration.ZERO) > 0;
                left = left.minus(LIMIT)) {
            assertThat(guarded.getFuture()).isNotDone();
            pass(left.compareTo(LIMIT) < 0 ? left : LIMIT);
            pauses.tick();
        }
        assertThat(guarded.getNow()).isEqualTo(Optional.of(leader));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
