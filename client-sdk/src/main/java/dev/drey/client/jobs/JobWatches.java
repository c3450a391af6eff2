package dev.drey.client.jobs;

import static java.util.Objects.requireNonNull;

import dev.drey.client.async.PollSettings;
import dev.drey.client.error.ClientClosedException;
import dev.drey.client.transport.Transport;
import dev.drey.model.JobId;
import dev.drey.model.jobs.JobEvent;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** All that are told what happens to jobs. Used by the feature clients. */
public final class JobWatches implements AutoCloseable {
    private final Transport transport;
    private final PollSettings settings;
    private final Semaphore streams;
    private final Set<JobWatch> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param settings how often a job is looked at where the server has no stream of its events
     * @param streams one is held for each stream of events; without one, the job is looked at
     */
    public JobWatches(Transport transport, PollSettings settings, Semaphore streams) {
        this.transport = requireNonNull(transport, "transport is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.streams = requireNonNull(streams, "streams is null");
    }

    Flow.Publisher<JobEvent> of(JobId job) {
        requireNonNull(job, "job is null");
        return subscriber -> begin(job, subscriber);
    }

    private void begin(JobId job, Flow.Subscriber<? super JobEvent> subscriber) {
        JobWatch watch = new JobWatch(transport, settings, streams, job, running::remove);
        running.add(watch);
        try {
            watch.begin(subscriber);
        } catch (RejectedExecutionException e) {
            // Nobody is left to call it but this thread.
            running.remove(watch);
            subscriber.onSubscribe(new NoSubscription());
            subscriber.onError(new ClientClosedException());
            return;
        }
        if (closed) {
            watch.fail(new ClientClosedException());
        }
    }

    /** Ends all with a {@link ClientClosedException}. */
    @Override
    public void close() {
        closed = true;
        running.forEach(watch -> watch.fail(new ClientClosedException()));
    }

    private static final class NoSubscription implements Flow.Subscription {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    }
}
