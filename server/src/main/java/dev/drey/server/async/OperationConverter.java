package dev.drey.server.async;

import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.async.OperationDetails;
import dev.drey.model.async.OperationsInfo;
import dev.drey.model.async.QueueStatus;
import dev.drey.model.error.SerializedThrowable;
import dev.drey.server.error.SerializedThrowables;
import jakarta.ws.rs.NotFoundException;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.runtime.rest.handler.async.OperationResult;

/** The status of an operation, as all families of operations show it. */
final class OperationConverter {

    /**
     * How far an operation is, and what came of it.
     *
     * @param completed the outcome of an operation that succeeded
     * @param failed the outcome of one that did not
     */
    static <R, V> AsynchronousOperationResult<V> status(
            OperationResult<R> result,
            Function<? super R, ? extends V> completed,
            Function<SerializedThrowable, ? extends V> failed) {
        return switch (result.getStatus()) {
            case IN_PROGRESS -> AsynchronousOperationResult.inProgress();
            case SUCCESS ->
                    AsynchronousOperationResult.completed(completed.apply(result.getResult()));
            case FAILURE ->
                    AsynchronousOperationResult.completed(
                            failed.apply(SerializedThrowables.of(result.getThrowable())));
        };
    }

    static OperationsInfo list(List<Journal.Entry> entries) {
        return new OperationsInfo(entries.stream().map(OperationConverter::details).toList());
    }

    static OperationDetails one(List<Journal.Entry> entries, TriggerId triggerId) {
        return entries.stream()
                .filter(entry -> entry.intent().triggerId().equals(triggerId))
                .findFirst()
                .map(OperationConverter::details)
                .orElseThrow(
                        () ->
                                new NotFoundException(
                                        "No operation %s was triggered here lately: see /operations"
                                                .formatted(triggerId)));
    }

    private static OperationDetails details(Journal.Entry entry) {
        Intent intent = entry.intent();
        return new OperationDetails(
                intent.triggerId(),
                intent.operation().orElseThrow(),
                intent.job().orElse(null),
                intent.target().orElse(null),
                intent.at().toEpochMilli(),
                intent.id(),
                entry.outcome().isPresent() ? QueueStatus.completed() : QueueStatus.inProgress());
    }

    private OperationConverter() {}
}
