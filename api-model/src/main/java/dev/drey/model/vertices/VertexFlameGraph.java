package dev.drey.model.vertices;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.Millis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the threads of a vertex or of one of its subtasks were seen doing.
 *
 * @param endTimestamp when the last sample was taken; {@link #TERMINATED}, {@link #DISABLED} or
 *     {@link #WAITING} if there is none
 * @param data the root of the graph, {@code null} if there is none
 */
public record VertexFlameGraph(
        @JsonProperty("endTimestamp") long endTimestamp,
        @JsonProperty("data") @JsonInclude(JsonInclude.Include.NON_NULL) Node data) {
    /** When it was sampled. */
    public Optional<Instant> sampledAt() {
        return Millis.instant(endTimestamp);
    }

    /** The vertex or the subtask has ended. */
    public static final long TERMINATED = -1;

    /** The cluster takes no samples: {@code rest.flamegraph.enabled} is not set. */
    public static final long DISABLED = -2;

    /** The first samples are being taken, because of this question: ask again. */
    public static final long WAITING = -3;

    /**
     * A place in the code, called from its parent.
     *
     * @param name {@code class.method:line}; {@code root} for the root
     * @param value number of samples in which a thread was there or below
     * @param children what it called, in no order
     */
    public record Node(
            @JsonProperty("name") String name,
            @JsonProperty("value") int value,
            @JsonProperty("children") List<Node> children) {}
}
