package dev.drey.server.rescaling;

import dev.drey.server.Source;
import dev.drey.server.error.Failures;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.resourcemanager.TaskManagerInfoWithSlots;
import org.apache.flink.runtime.resourcemanager.exceptions.UnknownTaskExecutorException;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;
import org.apache.flink.util.concurrent.FutureUtils;

/**
 * The slots that a job may run in: its own, also those that it holds without need, and those that
 * nobody has.
 */
record SlotsForJob(JobID jobId) implements Source.OfResourceManager<SlotsForJob.Count> {

    private static final Count NONE = new Count(0, 0);

    /**
     * How many there are.
     *
     * @param held those that the job has
     * @param free those that no job has
     */
    record Count(int held, int free) {

        private Count plus(Count other) {
            return new Count(held + other.held, free + other.free);
        }
    }

    @Override
    public CompletableFuture<Count> ask(ResourceManagerGateway resourceManager, Duration timeout) {
        return resourceManager
                .requestTaskManagerInfo(timeout)
                .thenCompose(all -> each(all, resourceManager, timeout))
                .thenApply(counts -> counts.stream().reduce(NONE, Count::plus));
    }

    private CompletableFuture<Collection<Count>> each(
            Collection<TaskManagerInfo> all,
            ResourceManagerGateway resourceManager,
            Duration timeout) {
        List<CompletableFuture<Count>> counts =
                all.stream().map(one -> count(one, resourceManager, timeout)).toList();
        return FutureUtils.combineAll(counts);
    }

    private CompletableFuture<Count> count(
            TaskManagerInfo one, ResourceManagerGateway resourceManager, Duration timeout) {
        return resourceManager
                .requestTaskManagerDetailsInfo(one.getResourceId(), timeout)
                .thenApply(this::count)
                .exceptionallyCompose(
                        failure ->
                                Failures.strip(failure) instanceof UnknownTaskExecutorException
                                        ? CompletableFuture.completedFuture(NONE)
                                        : CompletableFuture.failedFuture(failure));
    }

    private Count count(TaskManagerInfoWithSlots taskManager) {
        long held =
                taskManager.getAllocatedSlots().stream()
                        .filter(slot -> jobId.equals(slot.getJobId()))
                        .count();
        return new Count(
                Math.toIntExact(held), taskManager.getTaskManagerInfo().getNumberAvailableSlots());
    }

    @Override
    public String description() {
        return "the slots for job " + jobId;
    }
}
