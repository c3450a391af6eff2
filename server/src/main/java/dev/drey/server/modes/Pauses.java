package dev.drey.server.modes;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.apache.flink.runtime.rpc.RpcGateway;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that this process stood still for so long that another may lead by now. What it has
 * missed it learns in the moments after: until then nobody leads, as far as it knows.
 */
final class Pauses {

    /** How long the news are waited for. */
    static final Duration MOMENTS = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);

    private static final Duration TICK = Duration.ofMillis(100);

    private final long limit;
    private final LongSupplier nanoTime;
    private volatile long awake;
    private volatile long informed;

    /**
     * @param limit in nanoseconds; a leader that stands still for less is still one
     */
    Pauses(long limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
        this.awake = nanoTime.getAsLong();
        this.informed = awake;
    }

    /** Watches with {@code timer}, if there may be another leader at all. */
    static Pauses watch(Configuration configuration, ScheduledExecutorService timer) {
        if (!HighAvailabilityMode.isHighAvailabilityModeActivated(configuration)) {
            return new Pauses(Long.MAX_VALUE, System::nanoTime);
        }
        // A session was last heard of up to a third of its timeout before the pause.
        Duration session = configuration.get(HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT);
        Pauses pauses = new Pauses(session.dividedBy(2).toNanos(), System::nanoTime);
        var unused =
                timer.scheduleWithFixedDelay(
                        pauses::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
        return pauses;
    }

    /** Says that the process does not stand still now. */
    void tick() {
        long now = nanoTime.getAsLong();
        long pause = now - awake;
        if (pause > limit) {
            LOG.warn(
                    "This process stood still for {} ms: another may lead by now, nobody is said to for {}",
                    TimeUnit.NANOSECONDS.toMillis(pause),
                    MOMENTS);
            informed = now + MOMENTS.toNanos();
        }
        awake = now;
    }

    /** Retrieves what {@code retriever} does, unless that may be what it was before a pause. */
    <T extends RpcGateway> GatewayRetriever<T> guard(GatewayRetriever<T> retriever) {
        CompletableFuture<T> nobody = new CompletableFuture<>();
        return () -> mayHaveMissedNews() ? nobody : retriever.getFuture();
    }

    private boolean mayHaveMissedNews() {
        long now = nanoTime.getAsLong();
        // In this order: a tick tells of a pause before it ends it.
        return now - awake > limit || now - informed < 0;
    }
}
