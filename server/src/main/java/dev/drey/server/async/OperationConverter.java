package dev.drey.server.async;

import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.error.SerializedThrowable;
import dev.drey.server.error.SerializedThrowables;
import java.util.function.Function;
import org.apache.flink.runtime.rest.handler.async.OperationResult;

/** The status of an operation, as all families of operations show it. */
public final class OperationConverter {

    /**
     * How far an operation is, and what came of it.
     *
     * @param completed the outcome of an operation that succeeded
     * @param failed the outcome of one that did not
     */
    public static <R, V> AsynchronousOperationResult<V> status(
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

    private OperationConverter() {}
}
