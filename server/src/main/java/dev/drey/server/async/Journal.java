package dev.drey.server.async;

import dev.drey.model.async.AsynchronousOperationResult;
import java.util.List;
import java.util.Optional;

/**
 * What was asked of the cluster through this endpoint, written before the cluster is asked, and
 * what came of it. An entry is kept for {@code rest.async.store-duration} from the moment on when
 * nothing more will come of it.
 */
interface Journal {

    /**
     * What is written under one id.
     *
     * @param answer what it was answered; empty as long as it is not
     * @param outcome how the operation ended that it triggered; empty as long as it has not
     */
    record Entry(
            Intent intent,
            Optional<Answer> answer,
            Optional<AsynchronousOperationResult<?>> outcome) {

        /** Whether nothing more will come of it. */
        boolean isOver() {
            return intent.operation().isEmpty()
                    ? answer.isPresent()
                    : outcome.isPresent() || answer.filter(Answer::isRefusal).isPresent();
        }

        Entry answered(Answer given) {
            return new Entry(intent, Optional.of(given), outcome);
        }

        Entry ended(AsynchronousOperationResult<?> with) {
            return new Entry(intent, answer, Optional.of(with));
        }
    }

    /**
     * Writes {@code intent}, unless there is an entry under its id.
     *
     * @return that entry
     * @throws jakarta.ws.rs.ServiceUnavailableException if there is no room for another entry
     */
    Optional<Entry> begin(Intent intent);

    /** Writes what an intent was answered. */
    void answered(String id, Answer answer);

    /** Writes how an operation ended. What was written first stays. */
    void ended(String id, AsynchronousOperationResult<?> outcome);

    /** Strikes out an intent that nothing came of. */
    void forget(String id);

    /** What is written under {@code id}. */
    Optional<Entry> find(String id);

    /** All entries, in no order. */
    List<Entry> entries();
}
