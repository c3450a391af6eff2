package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * The accumulators of a job.
 *
 * @param jobAccumulators always empty: Flink has none yet
 * @param userAccumulators those of the job's program, each over all its tasks
 * @param serializedUserAccumulators Base64 of each as a serialized Java object, by name; empty
 *     unless asked for. It holds objects of the program's classes, so deserialize it only if you
 *     trust program and cluster
 */
public record JobAccumulatorsInfo(
        @JsonProperty("job-accumulators") List<JobAccumulator> jobAccumulators,
        @JsonProperty("user-task-accumulators") List<UserAccumulator> userAccumulators,
        @JsonProperty("serialized-user-task-accumulators")
                Map<String, String> serializedUserAccumulators) {

    /** An accumulator of Flink's own. Has nothing to tell. */
    @JsonAutoDetect
    public record JobAccumulator() {}
}
