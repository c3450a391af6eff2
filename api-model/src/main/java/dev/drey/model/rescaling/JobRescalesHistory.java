package dev.drey.model.rescaling;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * The rescales of a job. On the wire, a bare array.
 *
 * @param rescales those that the cluster remembers, newest first; never {@code null}
 */
public record JobRescalesHistory(@JsonValue List<JobRescaleDetails> rescales) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public JobRescalesHistory {
        rescales = rescales == null ? List.of() : List.copyOf(rescales);
    }
}
