package dev.drey.server.jobs;

import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.RawJson;
import dev.drey.model.jobs.JobPlanInfo;
import dev.drey.model.jobs.JobType;
import java.util.Collection;
import java.util.List;
import org.apache.flink.runtime.rest.messages.JobPlanInfo.Plan;
import org.apache.flink.runtime.rest.util.RestMapperUtils;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;

/** Plans of jobs, be they running or only described by a program. */
public final class JobPlanConverter {

    static JobPlanInfo planInfo(ExecutionGraphInfo graph) {
        return planInfo(graph.getArchivedExecutionGraph().getPlan());
    }

    /** A plan as the body of an answer. */
    public static JobPlanInfo planInfo(Plan plan) {
        return new JobPlanInfo(plan(plan));
    }

    static JobPlanInfo.Plan plan(Plan plan) {
        return plan == null
                ? null
                : new JobPlanInfo.Plan(
                        plan.getJobId().isEmpty() ? null : new JobId(plan.getJobId()),
                        plan.getName(),
                        plan.getType().isEmpty() ? null : JobType.valueOf(plan.getType()),
                        plan.getNodes().stream().map(JobPlanConverter::node).toList());
    }

    private static JobPlanInfo.Node node(Plan.Node node) {
        return new JobPlanInfo.Node(
                new JobVertexId(node.getId()),
                node.getOperator(),
                node.getParallelism(),
                node.getOperatorStrategy(),
                node.getDescription(),
                rawJson(node.getOptimizerProperties()),
                inputs(node.getInputs()));
    }

    private static List<JobPlanInfo.Input> inputs(Collection<Plan.Node.Input> inputs) {
        return inputs == null ? null : inputs.stream().map(JobPlanConverter::input).toList();
    }

    private static JobPlanInfo.Input input(Plan.Node.Input input) {
        return new JobPlanInfo.Input(
                new JobVertexId(input.getId()),
                input.getNum(),
                input.getExchange(),
                input.getShipStrategy(),
                input.getLocalStrategy(),
                input.getCaching());
    }

    /** Flink's holder shows its text to Flink's own mapper only. */
    private static RawJson rawJson(org.apache.flink.runtime.rest.messages.JobPlanInfo.RawJson raw) {
        try {
            return new RawJson(RestMapperUtils.getStrictObjectMapper().writeValueAsString(raw));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The plan holds properties that are no JSON", e);
        }
    }

    private JobPlanConverter() {}
}
