package dev.drey.server.rescaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.JsonTrees;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.messages.job.JobResourceRequirementsBody;
import org.junit.jupiter.api.Test;

class RequirementsConverterTest {

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

    private static void assertSameAsFlink(JobResourceRequirements requirements) {
        assertThat(JsonTrees.ofDrey(RequirementsConverter.requirements(requirements)))
                .isEqualTo(JsonTrees.ofFlink(new JobResourceRequirementsBody(requirements)));
    }
}
