package dev.drey.server.archive;

import dev.drey.server.SharedFetches;
import dev.drey.server.Source;
import dev.drey.server.applications.AllApplications;
import dev.drey.server.applications.OneApplication;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.application.ArchivedApplication;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.messages.webmonitor.ApplicationDetails;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.runtime.messages.webmonitor.MultipleApplicationsDetails;
import org.apache.flink.runtime.messages.webmonitor.MultipleJobsDetails;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.adaptive.timeline.Rescale;
import org.apache.flink.runtime.scheduler.adaptive.timeline.RescalesStatsSnapshot;

/**
 * A job or an application that has ended, as if the cluster had no other.
 *
 * @param root what all its paths begin with
 * @param answers what the cluster would be asked for, and its answer, which may be {@code null}
 * @param places all that paths may name in it: the values of their parameters
 */
public record Ended(
        String root, Map<Source.Single<?>, Object> answers, List<Map<String, String>> places) {

    private static final String PROPERTY = Ended.class.getName();
    private static final String JOB = "jobid";
    private static final String VERTEX = "vertexid";
    private static final String APPLICATION = "applicationid";

    /** What {@code request} asks about, if it is not the cluster. */
    public static Optional<Ended> askedBy(ContainerRequestContext request) {
        return Optional.ofNullable((Ended) request.getProperty(PROPERTY));
    }

    void isAskedBy(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }

    /** What {@code source} answers, which {@code cluster} says of all that has not ended. */
    public CompletableFuture<?> answer(Source<?> source, SharedFetches cluster) {
        if (source instanceof Source.Both<?, ?> both) {
            return answer(both.first(), cluster)
                    .thenCombine(answer(both.second(), cluster), Source.Both.Answers::new);
        }
        return answers.containsKey(source)
                ? CompletableFuture.completedFuture(answers.get(source))
                : cluster.get(source);
    }

    static Ended job(ExecutionGraphInfo job) {
        JobID id = job.getJobId();
        CheckpointStatsSnapshot checkpoints =
                job.getArchivedExecutionGraph().getCheckpointStatsSnapshot();
        Map<Source.Single<?>, Object> answers = new HashMap<>();
        answers.put(
                new Source.Jobs(),
                new MultipleJobsDetails(List.of(JobDetails.createDetailsForJob(job))));
        answers.put(new Source.ExecutionGraph(id), job);
        answers.put(new Source.CheckpointStatistics(id), checkpoints);
        answers.put(new Source.Metrics(), new MetricStore());

        List<Map<String, String>> places = new ArrayList<>();
        places.add(Map.of());
        places.add(Map.of(JOB, id.toString()));
        addVertices(job, places);
        addCheckpoints(id, checkpoints, places);
        addRescales(id, job.getRescalesStatsSnapshot(), places);
        return new Ended("/jobs/", answers, places);
    }

    static Ended application(ArchivedApplication application) {
        return new Ended(
                "/applications/",
                Map.of(
                        new AllApplications(),
                        new MultipleApplicationsDetails(
                                List.of(ApplicationDetails.fromArchivedApplication(application))),
                        new OneApplication(application.getApplicationId()),
                        application),
                List.of(
                        Map.of(),
                        Map.of(APPLICATION, application.getApplicationId().toHexString())));
    }

    private static void addVertices(ExecutionGraphInfo job, List<Map<String, String>> places) {
        for (AccessExecutionJobVertex vertex :
                job.getArchivedExecutionGraph().getAllVertices().values()) {
            Map<String, String> place =
                    Map.of(
                            JOB, job.getJobId().toString(),
                            VERTEX, vertex.getJobVertexId().toString());
            places.add(place);
            for (AccessExecutionVertex subtask : vertex.getTaskVertices()) {
                for (AccessExecution attempt : attempts(subtask)) {
                    Map<String, String> ofAttempt = new HashMap<>(place);
                    ofAttempt.put(
                            "subtaskindex", String.valueOf(subtask.getParallelSubtaskIndex()));
                    ofAttempt.put("attempt", String.valueOf(attempt.getAttemptNumber()));
                    places.add(ofAttempt);
                }
            }
        }
    }

    private static List<AccessExecution> attempts(AccessExecutionVertex subtask) {
        List<AccessExecution> attempts = new ArrayList<>(subtask.getCurrentExecutions());
        attempts.addAll(subtask.getExecutionHistory().getHistoricalExecutions());
        // The place of an attempt that the history has dropped.
        attempts.removeIf(Objects::isNull);
        return attempts;
    }

    private static void addCheckpoints(
            JobID job, CheckpointStatsSnapshot statistics, List<Map<String, String>> places) {
        if (statistics == null) {
            return;
        }
        for (AbstractCheckpointStats checkpoint : statistics.getHistory().getCheckpoints()) {
            Map<String, String> place =
                    Map.of(
                            JOB,
                            job.toString(),
                            "checkpointid",
                            String.valueOf(checkpoint.getCheckpointId()));
            places.add(place);
            for (TaskStateStats vertex : checkpoint.getAllTaskStateStats()) {
                Map<String, String> ofVertex = new HashMap<>(place);
                ofVertex.put(VERTEX, vertex.getJobVertexId().toString());
                places.add(ofVertex);
            }
        }
    }

    private static void addRescales(
            JobID job, RescalesStatsSnapshot statistics, List<Map<String, String>> places) {
        if (statistics == null || statistics.getRescaleHistory() == null) {
            return;
        }
        for (Rescale rescale : statistics.getRescaleHistory()) {
            places.add(
                    Map.of(
                            JOB,
                            job.toString(),
                            "rescaleuuid",
                            rescale.getRescaleIdInfo().getRescaleUuid().toString()));
        }
    }
}
