package dev.drey.server.jobs;

import dev.drey.server.jobs.JobEventLog.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.jersey.media.sse.EventOutput;
import org.glassfish.jersey.media.sse.OutboundEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one client the events of a job. A client that does not take them is cut off. */
final class JobEventStream implements JobEventLog.Watcher {

    private static final Logger LOG = LoggerFactory.getLogger(JobEventStream.class);

    private static final int MOST_UNREAD = 1 << 20;

    private final EventOutput output = new EventOutput();
    private final NIOConnection connection;
    private final Duration heartbeat;
    private final Executor executor;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Optional<JobEventLog> followed = Optional.empty();

    /**
     * @param heartbeat how often it gives a sign of life
     * @param executor sends them
     * @param onClose is run once, at the end
     */
    JobEventStream(
            NIOConnection connection, Duration heartbeat, Executor executor, Runnable onClose) {
        this.connection = connection;
        this.heartbeat = heartbeat;
        this.executor = executor;
        this.onClose = onClose;
    }

    /** What Jersey answers with. */
    EventOutput output() {
        return output;
    }

    /** Sends what happened since {@code lastEventId}, and what happens from now on. */
    void follow(JobEventLog log, Optional<String> lastEventId) {
        followed = Optional.of(log);
        log.watch(lastEventId, this, System.currentTimeMillis());
        if (closed.get()) {
            log.leave(this);
        }
        beatLater();
    }

    /** Whether the client has left. */
    boolean isAbandoned() {
        return !connection.isOpen();
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            followed.ifPresent(log -> log.leave(this));
            onClose.run();
        }
    }

    @Override
    public void told(Entry entry) {
        send(new OutboundEvent.Builder().id(entry.id()).data(entry.data()).build());
    }

    @Override
    public void ended() {
        close();
        try {
            output.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("Who watched a job has left", e);
        }
    }

    /** Proxies, and clients, take for dead what says nothing. */
    private void beatLater() {
        CompletableFuture.delayedExecutor(heartbeat.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(
                        () -> {
                            if (!closed.get()) {
                                send(new OutboundEvent.Builder().comment("").build());
                                beatLater();
                            }
                        });
    }

    private void send(OutboundEvent event) {
        if (closed.get()) {
            return;
        }
        if (connection.getAsyncWriteQueue().spaceInBytes() > MOST_UNREAD) {
            LOG.info("{} does not take the events that it asked for", connection.getPeerAddress());
            // To close it would be to wait for it.
            connection.terminateSilently();
            return;
        }
        try {
            output.write(event);
        } catch (IOException | RuntimeException e) {
            LOG.debug("Who watched a job has left", e);
            close();
        }
    }
}
