package dev.drey.it.tools;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.model.JobId;
import dev.drey.model.jobs.JobEvent;
import dev.drey.model.jobs.JobEvent.CheckpointEnded;
import dev.drey.model.jobs.JobEvent.Restarted;
import dev.drey.model.jobs.JobEvent.StatusChanged;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Tells what happens to a job, until it has ended. */
public final class WatchJob implements Flow.Subscriber<JobEvent> {

    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /**
     * Runs it.
     *
     * @param arguments the endpoint and the job
     */
    public static void main(String[] arguments) {
        JobId job = JobId.fromString(arguments[1]);
        try (FlinkMonitoringClient flink =
                FlinkMonitoringClient.builder().endpoint(arguments[0]).build()) {
            WatchJob watch = new WatchJob();
            flink.jobs().watch(job).subscribe(watch);
            watch.end.join();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(JobEvent event) {
        if (event instanceof StatusChanged change) {
            System.out.println("is " + change.to());
        } else if (event instanceof Restarted restart) {
            System.out.println("restarts for " + restart.cause().exceptionName());
        } else if (event instanceof CheckpointEnded ended) {
            System.out.printf(
                    "checkpoint %d %s%n", ended.checkpoint().id(), ended.checkpoint().status());
        }
    }

    @Override
    public void onError(Throwable cause) {
        end.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
