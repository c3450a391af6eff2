package dev.drey.server.async;

import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.OperationKind;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody asks for.
 *
 * @param id is the same if it is asked for again: the path of an operation's status, or what a
 *     keyed write is found by
 * @param triggerId names the operation, or the keyed write
 * @param kind of request, such as {@code SAVEPOINT} or {@code POST /jars/{jarid}/run}
 * @param operation what it triggers; empty if its answer is all that comes of it
 * @param job the job it is for
 * @param target what it works on, or where it writes to
 * @param key under which it was sent
 * @param content what was sent, as a digest
 * @param at when it was first asked for
 */
public record Intent(
        String id,
        TriggerId triggerId,
        String kind,
        Optional<OperationKind> operation,
        Optional<JobId> job,
        Optional<String> target,
        Optional<IdempotencyKey> key,
        String content,
        Instant at) {

    /** Whether {@code other}, which has the same id, asks for the same. */
    boolean asksTheSameAs(Intent other) {
        return kind.equals(other.kind) && job.equals(other.job) && content.equals(other.content);
    }
}
