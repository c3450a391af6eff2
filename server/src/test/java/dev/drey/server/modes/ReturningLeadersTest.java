package dev.drey.server.modes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.apache.flink.runtime.webmonitor.retriever.LeaderGatewayRetriever;
import org.junit.jupiter.api.Test;

class ReturningLeadersTest {

    private static final Duration SESSION = Duration.ofSeconds(5);
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SESSION.toNanos());
    private final DispatcherGateway gateway = TestingDispatcherGateway.newBuilder().build();
    private final ReturningLeaders<DispatcherGateway> leaders =
            ReturningLeaders.of(new Always(gateway), SESSION, now::get);

    @Test
    void aNewLeaderIsBelievedAtOnce() {
        appears(ONE);
        assertThat(leaders.getNow()).contains(gateway);
        vanishes();
        assertThat(leaders.getNow()).isEmpty();
        pass(SESSION);
        appears(OTHER);
        assertThat(leaders.getNow()).contains(gateway);
    }

    @Test
    void whoComesBackIsBelievedAfterASession() {
        appears(ONE);
        vanishes();
        pass(SESSION.multipliedBy(2));
        appears(ONE);
        pass(SESSION.minusNanos(1));
        assertThat(leaders.getNow()).isEmpty();
        pass(Duration.ofNanos(1));
        assertThat(leaders.getNow()).contains(gateway);
    }

    @Test
    void whoWasAwayShortlyIsDoubtedShortly() {
        appears(ONE);
        vanishes();
        pass(Duration.ofSeconds(1));
        vanishes();
        appears(ONE);
        pass(Duration.ofSeconds(1).minusNanos(1));
        appears(ONE);
        assertThat(leaders.getNow()).isEmpty();
        pass(Duration.ofNanos(1));
        assertThat(leaders.getNow()).contains(gateway);
    }

    @Test
    void aNewLeaderIsBelievedThoughAnOldOneWasThere() {
        appears(ONE);
        vanishes();
        pass(SESSION);
        appears(ONE);
        appears(OTHER);
        assertThat(leaders.getNow()).contains(gateway);
    }

    private void appears(UUID id) {
        leaders.notifyLeaderAddress("pekko://flink/user/rpc/dispatcher", id);
    }

    private void vanishes() {
        leaders.notifyLeaderAddress(null, null);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** Reaches whoever it is told of. */
    private static final class Always extends LeaderGatewayRetriever<DispatcherGateway> {

        private final DispatcherGateway gateway;

        Always(DispatcherGateway gateway) {
            this.gateway = gateway;
        }

        @Override
        protected CompletableFuture<DispatcherGateway> createGateway(
                CompletableFuture<Tuple2<String, UUID>> leader) {
            return leader.thenApply(known -> gateway);
        }
    }
}
