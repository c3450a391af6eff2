package dev.drey.it.tools.monitor;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.async.OperationFuture;
import dev.drey.it.tools.monitor.Errand.Outcome;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Carries out orders. */
final class Errands {

    private final FlinkMonitoringClient flink;
    private final Optional<String> savepointFolder;
    private final Clock clock;
    private final Consumer<UnaryOperator<Board>> changes;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, String> unfinished = new ConcurrentSkipListMap<>();

    /**
     * Has nothing to do yet.
     *
     * @param savepointFolder where savepoints go, if not where the cluster puts them
     * @param changes is told how far it is, from any thread
     */
    Errands(
            FlinkMonitoringClient flink,
            Optional<String> savepointFolder,
            Clock clock,
            Consumer<UnaryOperator<Board>> changes) {
        this.flink = flink;
        this.savepointFolder = savepointFolder;
        this.clock = clock;
        this.changes = changes;
    }

    /** Begins to carry one out. */
    void begin(Order order) {
        Errand errand =
                new Errand(numbers.incrementAndGet(), order, clock.instant(), Optional.empty());
        changes.accept(board -> board.begun(errand));
        var unused =
                outcome(errand)
                        .handle(
                                (text, failure) ->
                                        failure == null
                                                ? new Outcome(false, text)
                                                : new Outcome(
                                                        true, order.failed(Reason.of(failure))))
                        .thenAccept(
                                outcome -> {
                                    unfinished.remove(errand.number());
                                    changes.accept(board -> board.ended(errand.endedWith(outcome)));
                                });
    }

    /** What goes on without this monitor, and how to go on with it. */
    List<String> unfinished() {
        return List.copyOf(unfinished.values());
    }

    private CompletableFuture<String> outcome(Errand errand) {
        Order order = errand.order();
        return switch (order.kind()) {
            case SAVEPOINT -> {
                OperationFuture<SavepointInfo> savepoint =
                        flink.savepoints()
                                .trigger(
                                        order.job(),
                                        new SavepointTriggerRequestBody(
                                                savepointFolder.orElse(null), null, null, null));
                unfinished.put(
                        errand.number(),
                        "%s goes on: %s".formatted(order.subject(), savepoint.token()));
                yield savepoint
                        .result()
                        .thenApply(info -> order.subject() + " is at " + info.location());
            }
            case CANCELLATION ->
                    flink.jobs()
                            .cancel(order.job())
                            .thenCompose(taken -> flink.jobs().awaitTermination(order.job()))
                            .thenApply(status -> "%s is %s".formatted(order.jobName(), status));
        };
    }
}
