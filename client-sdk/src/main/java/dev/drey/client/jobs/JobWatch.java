package dev.drey.client.jobs;

import static java.util.Objects.requireNonNull;

import dev.drey.client.async.PollSettings;
import dev.drey.client.error.ClientClosedException;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.RequestTimeoutException;
import dev.drey.client.transport.EventStream;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.JobId;
import dev.drey.model.checkpoints.CheckpointingStatistics;
import dev.drey.model.cluster.DashboardConfiguration;
import dev.drey.model.jobs.JobDetailsInfo;
import dev.drey.model.jobs.JobEvent;
import dev.drey.model.jobs.JobEvent.Missed;
import dev.drey.model.jobs.JobEvent.StatusChanged;
import dev.drey.model.jobs.JobExceptionsInfoWithHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Tells one subscriber what happens to a job: from the stream of its events, or, where the server
 * has none, from looks at the job. Its steps follow each other; only its end can come from
 * anywhere.
 */
final class JobWatch {
    /** Events that the subscriber has not taken yet. */
    private static final int MOST_WAITING = 256;

    /** Longer than a server is silent on a stream that lives. */
    private static final Duration STREAM_PATIENCE = Duration.ofSeconds(45);

    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final Transport transport;
    private final PollSettings settings;
    private final Semaphore streams;
    private final JobId job;
    private final Consumer<JobWatch> onEnd;
    private final SubmissionPublisher<JobEvent> events;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** How the step that is under way is ended. */
    private volatile Runnable ending = () -> {};

    private volatile String lastEventId = "";
    private volatile boolean isJobOver;

    /** When the cluster was first asked in vain since it last answered, in nanoseconds. */
    private volatile Optional<Long> silentSince = Optional.empty();

    private volatile JobLooks looks;

    /** For how long the server shows what it has seen once. */
    private volatile Duration age;

    private volatile boolean isLastLook;

    JobWatch(
            Transport transport,
            PollSettings settings,
            Semaphore streams,
            JobId job,
            Consumer<JobWatch> onEnd) {
        this.transport = transport;
        this.settings = settings;
        this.streams = streams;
        this.job = job;
        this.onEnd = onEnd;
        this.events = new SubmissionPublisher<>(transport.callbacks(), MOST_WAITING);
    }

    void begin(Flow.Subscriber<? super JobEvent> subscriber) {
        requireNonNull(subscriber, "subscriber is null");
        events.subscribe(new Passing(subscriber));
        stream();
    }

    void fail(Throwable cause) {
        end(() -> events.closeExceptionally(cause));
    }

    private void end(Runnable tell) {
        if (ended.compareAndSet(false, true)) {
            onEnd.accept(this);
            tell.run();
            ending.run();
        }
    }

    private void take(Runnable end) {
        ending = end;
        if (ended.get()) {
            end.run();
        }
    }

    private void stream() {
        if (ended.get()) {
            return;
        }
        if (!streams.tryAcquire()) {
            look();
            return;
        }
        Request request =
                Request.get("/jobs/:jobid/events", job.value()).withTimeout(STREAM_PATIENCE);
        CompletableFuture<EventStream<JobEvent>> opened =
                transport.events(
                        lastEventId.isEmpty()
                                ? request
                                : request.withHeader("Last-Event-ID", lastEventId),
                        JobEvent.class);
        take(() -> opened.cancel(false));
        var unused =
                opened.whenComplete(
                        (stream, failure) -> {
                            if (failure == null) {
                                hand(stream);
                            } else {
                                streams.release();
                                notOpened(strip(failure));
                            }
                        });
    }

    private void hand(EventStream<JobEvent> stream) {
        try {
            transport.waiting().execute(() -> read(stream));
        } catch (RejectedExecutionException e) {
            streams.release();
            stream.close();
            fail(new ClientClosedException());
        }
    }

    private void notOpened(Throwable failure) {
        if (failure instanceof FlinkRestException answered) {
            if (answered.status() == NO_CONTENT) {
                end(events::close);
            } else {
                // Stock Flink has no such route, and another server no room: a look tells.
                look();
            }
        } else {
            again(failure, this::stream);
        }
    }

    private void read(EventStream<JobEvent> stream) {
        try (stream) {
            take(stream::close);
            silentSince = Optional.empty();
            for (Optional<JobEvent> next = stream.next(); next.isPresent(); next = stream.next()) {
                silentSince = Optional.empty();
                tell(next.get());
                lastEventId = stream.lastEventId();
            }
        } catch (IOException e) {
            again(e, this::stream);
            return;
        } finally {
            streams.release();
        }
        if (isJobOver) {
            end(events::close);
        } else {
            later(this::stream);
        }
    }

    private void look() {
        if (ended.get()) {
            return;
        }
        if (events.estimateMaximumLag() > MOST_WAITING / 2) {
            later(this::look);
        } else if (age == null) {
            askForAge();
        } else {
            lookNow();
        }
    }

    private void askForAge() {
        CompletableFuture<DashboardConfiguration> asked =
                transport.send(Request.get("/config"), DashboardConfiguration.class);
        take(() -> asked.cancel(false));
        var unused =
                asked.whenComplete(
                        (configuration, failure) -> {
                            if (failure == null) {
                                age = Duration.ofMillis(configuration.refreshInterval());
                                lookNow();
                            } else {
                                again(strip(failure), this::look);
                            }
                        });
    }

    private void lookNow() {
        CompletableFuture<JobDetailsInfo> details =
                transport.send(Request.get("/jobs/:jobid", job.value()), JobDetailsInfo.class);
        CompletableFuture<Optional<CheckpointingStatistics>> checkpoints =
                transport
                        .send(
                                Request.get("/jobs/:jobid/checkpoints", job.value()),
                                CheckpointingStatistics.class)
                        .handle(JobWatch::ifAny);
        CompletableFuture<JobExceptionsInfoWithHistory> failures =
                transport.send(
                        Request.get("/jobs/:jobid/exceptions", job.value()),
                        JobExceptionsInfoWithHistory.class);
        take(
                () -> {
                    details.cancel(false);
                    failures.cancel(false);
                });
        var unused =
                details.thenCombine(checkpoints, JobLooks.Look::new)
                        .thenCombine(failures, JobLooks.Look::with)
                        .whenComplete(
                                (look, failure) -> {
                                    if (failure == null) {
                                        seen(look);
                                    } else {
                                        again(strip(failure), this::look);
                                    }
                                });
    }

    /** Of a job that takes none there is nothing to tell. */
    private static Optional<CheckpointingStatistics> ifAny(
            CheckpointingStatistics statistics, Throwable failure) {
        if (failure == null) {
            return Optional.of(statistics);
        }
        if (strip(failure) instanceof FlinkRestException answered
                && answered.status() == NOT_FOUND) {
            return Optional.empty();
        }
        throw new CompletionException(strip(failure));
    }

    private void seen(JobLooks.Look look) {
        silentSince = Optional.empty();
        if (looks == null) {
            if (!lastEventId.isEmpty()) {
                tell(new Missed(look.details().now(), lastEventId));
            }
            looks = new JobLooks(look);
            tell(looks.first());
        } else if (!look.status().isGloballyTerminal() || isLastLook) {
            looks.until(look).forEach(this::tell);
        }
        if (isJobOver) {
            end(events::close);
        } else if (look.status().isGloballyTerminal()) {
            // Its last checkpoint and its failure may be shown later than its end.
            isLastLook = true;
            later(this::look, age);
        } else {
            later(this::look);
        }
    }

    /** Waits until there is room for it. */
    private void tell(JobEvent event) {
        try {
            events.submit(event);
        } catch (IllegalStateException | RejectedExecutionException e) {
            if (!ended.get()) {
                throw e;
            }
        }
        isJobOver |= event instanceof StatusChanged change && change.to().isGloballyTerminal();
    }

    private void again(Throwable failure, Runnable step) {
        if (ended.get()) {
            return;
        }
        long now = System.nanoTime();
        long since = silentSince.orElse(now);
        silentSince = Optional.of(since);
        if (isPassing(failure)
                && Duration.ofNanos(now - since).compareTo(settings.longestSilence()) < 0) {
            later(step);
        } else {
            fail(failure);
        }
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof FlinkConnectionException
                || failure instanceof RequestTimeoutException
                || (failure instanceof FlinkRestException answered
                        && PASSING.contains(answered.status()));
    }

    private void later(Runnable step) {
        later(step, settings.longestDelay());
    }

    private void later(Runnable step, Duration delay) {
        try {
            Future<?> waiting =
                    transport
                            .timer()
                            .schedule(
                                    () -> transport.callbacks().execute(step),
                                    delay.toMillis(),
                                    TimeUnit.MILLISECONDS);
            take(() -> waiting.cancel(false));
        } catch (RejectedExecutionException e) {
            fail(new ClientClosedException());
        }
    }

    private static Throwable strip(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    /** Passes everything on, and ends the watch when the subscriber wants no more. */
    private final class Passing implements Flow.Subscriber<JobEvent> {
        private final Flow.Subscriber<? super JobEvent> subscriber;

        Passing(Flow.Subscriber<? super JobEvent> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(
                    new Flow.Subscription() {
                        @Override
                        public void request(long count) {
                            subscription.request(count);
                        }

                        @Override
                        public void cancel() {
                            subscription.cancel();
                            end(events::close);
                        }
                    });
        }

        @Override
        public void onNext(JobEvent event) {
            subscriber.onNext(event);
        }

        @Override
        public void onError(Throwable cause) {
            // Also what the subscriber itself has thrown.
            end(() -> {});
            subscriber.onError(cause);
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
        }
    }
}
