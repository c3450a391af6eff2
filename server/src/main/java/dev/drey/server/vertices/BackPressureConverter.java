package dev.drey.server.vertices;

import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.vertices.JobVertexBackPressureInfo;
import dev.drey.model.vertices.JobVertexBackPressureInfo.SubtaskBackPressureInfo;
import dev.drey.model.vertices.JobVertexBackPressureInfo.VertexBackPressureLevel;
import dev.drey.model.vertices.JobVertexBackPressureInfo.VertexBackPressureStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore.ComponentMetricStore;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore.SubtaskMetricStore;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricStore.TaskMetricStore;

final class BackPressureConverter {

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double OK_UP_TO = 0.1;
    private static final double LOW_UP_TO = 0.5;

    private static final JobVertexBackPressureInfo NOT_KNOWN =
            new JobVertexBackPressureInfo(VertexBackPressureStatus.DEPRECATED, null, null, null);

    static JobVertexBackPressureInfo backPressure(
            MetricStore metrics, long askedAt, JobId jobId, JobVertexId vertexId) {
        TaskMetricStore vertex = metrics.getTaskMetricStore(jobId.value(), vertexId.value());
        if (vertex == null || vertex.getAllSubtaskMetricStores().isEmpty()) {
            return NOT_KNOWN;
        }
        Map<Integer, Integer> representatives = representatives(metrics, jobId, vertexId);
        List<SubtaskBackPressureInfo> subtasks = new ArrayList<>();
        new TreeMap<>(vertex.getAllSubtaskMetricStores())
                .forEach(
                        (index, subtask) ->
                                subtasks.add(subtask(index, subtask, representatives.get(index))));
        double most =
                subtasks.stream()
                        .mapToDouble(SubtaskBackPressureInfo::backPressuredRatio)
                        .reduce(0, Math::max);
        return new JobVertexBackPressureInfo(
                VertexBackPressureStatus.OK, level(most), askedAt, subtasks);
    }

    /** The attempts that stand for the subtasks. The store changes them under its own lock. */
    private static Map<Integer, Integer> representatives(
            MetricStore metrics, JobId jobId, JobVertexId vertexId) {
        synchronized (metrics) {
            return Map.copyOf(
                    metrics.getRepresentativeAttempts()
                            .getOrDefault(jobId.value(), Map.of())
                            .getOrDefault(vertexId.value(), Map.of()));
        }
    }

    private static SubtaskBackPressureInfo subtask(
            int index, SubtaskMetricStore subtask, Integer representative) {
        // A copy: attempts come and go.
        Map<Integer, ComponentMetricStore> attempts =
                new TreeMap<>(subtask.getAllAttemptsMetricStores());
        if (attempts.size() <= 1) {
            return info(index, null, subtask, null);
        }
        int shown =
                representative != null && attempts.containsKey(representative)
                        ? representative
                        : attempts.keySet().iterator().next();
        ComponentMetricStore current = attempts.remove(shown);
        List<SubtaskBackPressureInfo> others = new ArrayList<>();
        attempts.forEach((number, attempt) -> others.add(info(index, number, attempt, null)));
        return info(index, shown, current, others);
    }

    private static SubtaskBackPressureInfo info(
            int index,
            Integer attempt,
            ComponentMetricStore metrics,
            List<SubtaskBackPressureInfo> others) {
        double backPressured = ratio(metrics, MetricNames.TASK_BACK_PRESSURED_TIME);
        return new SubtaskBackPressureInfo(
                index,
                attempt,
                level(backPressured),
                backPressured,
                ratio(metrics, MetricNames.TASK_IDLE_TIME),
                ratio(metrics, MetricNames.TASK_BUSY_TIME),
                others);
    }

    private static double ratio(ComponentMetricStore metrics, String millisPerSecond) {
        return Double.parseDouble(metrics.getMetric(millisPerSecond, "0")) / MILLIS_PER_SECOND;
    }

    private static VertexBackPressureLevel level(double ratio) {
        if (ratio <= OK_UP_TO) {
            return VertexBackPressureLevel.OK;
        }
        return ratio <= LOW_UP_TO ? VertexBackPressureLevel.LOW : VertexBackPressureLevel.HIGH;
    }

    private BackPressureConverter() {}
}
