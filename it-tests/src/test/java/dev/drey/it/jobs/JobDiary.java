package dev.drey.it.jobs;

import dev.drey.model.jobs.JobEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** Takes down what happens to a job. */
final class JobDiary implements Flow.Subscriber<JobEvent> {

    private final List<JobEvent> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<List<JobEvent>> whole = new CompletableFuture<>();

    static JobDiary of(Flow.Publisher<JobEvent> job) {
        JobDiary diary = new JobDiary();
        job.subscribe(diary);
        return diary;
    }

    /** Completes with the first event. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    /** Completes when the job has ended. */
    CompletableFuture<List<JobEvent>> whole() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(JobEvent event) {
        events.add(event);
        begun.complete(null);
    }

    @Override
    public void onError(Throwable cause) {
        begun.completeExceptionally(cause);
        whole.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        whole.complete(List.copyOf(events));
    }
}
