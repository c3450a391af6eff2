package dev.drey.server.rescaling;

import dev.drey.model.JobVertexId;
import dev.drey.model.rescaling.JobResourceRequirementsBody;
import dev.drey.model.rescaling.JobResourceRequirementsBody.JobVertexResourceRequirements;
import dev.drey.model.rescaling.JobResourceRequirementsBody.Parallelism;
import dev.drey.server.Ids;
import jakarta.ws.rs.BadRequestException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;

final class RequirementsConverter {

    static JobResourceRequirementsBody requirements(JobResourceRequirements job) {
        Map<JobVertexId, JobVertexResourceRequirements> vertices = new LinkedHashMap<>();
        job.getJobVertexParallelisms()
                .forEach(
                        (vertex, required) ->
                                vertices.put(
                                        Ids.of(vertex),
                                        new JobVertexResourceRequirements(
                                                new Parallelism(
                                                        required.getParallelism().getLowerBound(),
                                                        required.getParallelism()
                                                                .getUpperBound()))));
        return new JobResourceRequirementsBody(vertices);
    }

    static JobResourceRequirements requirements(JobResourceRequirementsBody body) {
        if (body.requirements().isEmpty()) {
            throw new BadRequestException("No vertex is named: send the bounds of each");
        }
        JobResourceRequirements.Builder job = JobResourceRequirements.newBuilder();
        body.requirements()
                .forEach(
                        (vertex, required) -> {
                            if (required == null || required.parallelism() == null) {
                                throw new BadRequestException(
                                        "Vertex %s: parallelism is missing".formatted(vertex));
                            }
                            job.setParallelismForJobVertex(
                                    Ids.toFlink(vertex),
                                    required.parallelism().lowerBound(),
                                    required.parallelism().upperBound());
                        });
        return job.build();
    }

    private RequirementsConverter() {}
}
