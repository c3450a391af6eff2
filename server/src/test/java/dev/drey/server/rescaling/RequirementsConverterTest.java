package dev.drey.server.rescaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.server.JsonTrees;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.messages.job.JobResourceRequirementsBody;
import org.apache.flink.runtime.rest.util.RestMapperUtils;
import org.junit.jupiter.api.Test;

class RequirementsConverterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void requirementsAreShownAsFlinkShowsThem() {
        assertSameAsFlink(
                JobResourceRequirements.newBuilder()
                        .setParallelismForJobVertex(new JobVertexID(1, 2), 1, 4)
                        .setParallelismForJobVertex(new JobVertexID(3, 4), 2, 2)
                        .build());
    }

    @Test
    void aJobWithoutVerticesHasNone() {
        assertSameAsFlink(JobResourceRequirements.empty());
    }

    @Test
    void requirementsAreReadAsFlinkReadsThem() throws Exception {
        String json =
                "{\"%s\":{\"parallelism\":{\"lowerBound\":-1,\"upperBound\":4}},\"%s\":{\"parallelism\":{\"upperBound\":2,\"lowerBound\":2}}}"
                        .formatted(new JobVertexID(1, 2), new JobVertexID(3, 4));

        assertThat(
                        RequirementsConverter.requirements(
                                JSON.readValue(
                                        json,
                                        dev.drey.model.rescaling.JobResourceRequirementsBody
                                                .class)))
                .isEqualTo(
                        RestMapperUtils.getFlexibleObjectMapper()
                                .readValue(json, JobResourceRequirementsBody.class)
                                .asJobResourceRequirements()
                                .orElseThrow());
    }

    private static void assertSameAsFlink(JobResourceRequirements requirements) {
        assertThat(JsonTrees.ofDrey(RequirementsConverter.requirements(requirements)))
                .isEqualTo(JsonTrees.ofFlink(new JobResourceRequirementsBody(requirements)));
    }
}
