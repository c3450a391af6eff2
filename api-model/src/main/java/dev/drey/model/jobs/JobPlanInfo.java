package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.RawJson;
import java.util.Arrays;
import java.util.List;

/** The data flow of a job. */
public record JobPlanInfo(@JsonProperty("plan") Plan plan) {

    /**
     * A data flow: vertices, each with the edges that lead into it. While a job is being
     * initialized it has no plan yet: then there are no vertices, and the wire has empty strings
     * for what is {@code null} here.
     *
     * @param jobId the job; {@code null} without a plan
     * @param name the name its program gave it
     * @param jobType whether its input ends; {@code null} without a plan
     * @param nodes its vertices
     */
    public record Plan(
            @JsonIgnore JobId jobId,
            @JsonProperty("name") String name,
            @JsonIgnore JobType jobType,
            @JsonProperty("nodes") List<Node> nodes) {

        @JsonCreator
        static Plan read(
                @JsonProperty("jid") String jid,
                @JsonProperty("name") String name,
                @JsonProperty("type") String type,
                @JsonProperty("nodes") List<Node> nodes) {
            return new Plan(
                    isEmpty(jid) ? null : new JobId(jid),
                    name,
                    isEmpty(type) ? null : jobType(type),
                    nodes);
        }

        @JsonProperty("jid")
        private String jid() {
            return jobId == null ? "" : jobId.value();
        }

        @JsonProperty("type")
        private String type() {
            return jobType == null ? "" : jobType.name();
        }

        private static boolean isEmpty(String text) {
            return text == null || text.isEmpty();
        }

        private static JobType jobType(String name) {
            return Arrays.stream(JobType.values())
                    .filter(type -> type.name().equals(name))
                    .findFirst()
                    .orElse(JobType.UNKNOWN);
        }
    }

    /**
     * A vertex of the plan.
     *
     * @param id the vertex
     * @param operator empty for jobs of the DataStream and SQL APIs
     * @param parallelism number of its subtasks
     * @param operatorStrategy empty for jobs of the DataStream and SQL APIs
     * @param description the chained operators, as HTML
     * @param optimizerProperties an object without a schema, usually empty
     * @param inputs the edges that lead into it, {@code null} for a source
     */
    public record Node(
            @JsonProperty("id") JobVertexId id,
            @JsonProperty("operator") String operator,
            @JsonProperty("parallelism") long parallelism,
            @JsonProperty("operator_strategy") String operatorStrategy,
            @JsonProperty("description") String description,
            @JsonProperty("optimizer_properties") RawJson optimizerProperties,
            @JsonProperty("inputs") @JsonInclude(JsonInclude.Include.NON_EMPTY)
                    List<Input> inputs) {}

    /**
     * An edge of the plan.
     *
     * @param id the vertex it comes from
     * @param num its position among the inputs of its target
     * @param exchange the kind of result it reads, such as {@code pipelined_bounded}
     * @param shipStrategy how records are distributed, such as {@code HASH}
     * @param localStrategy what the reader does with them, {@code null} if nothing
     * @param caching how it is cached, {@code null} if it is not
     */
    public record Input(
            @JsonProperty("id") JobVertexId id,
            @JsonProperty("num") long num,
            @JsonProperty("exchange") String exchange,
            @JsonProperty("ship_strategy") String shipStrategy,
            @JsonProperty("local_strategy") @JsonInclude(JsonInclude.Include.NON_NULL)
                    String localStrategy,
            @JsonProperty("caching") @JsonInclude(JsonInclude.Include.NON_NULL) String caching) {}
}
