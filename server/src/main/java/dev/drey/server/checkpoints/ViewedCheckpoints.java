package dev.drey.server.checkpoints;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drey.server.DreyOptions;
import dev.drey.server.MemorySizes;
import jakarta.ws.rs.NotFoundException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;

/**
 * Finds checkpoints in the statistics of a job. One that has ended and was looked at can be looked
 * at still when it has dropped out of them: of each job, the {@code web.checkpoints.history} that
 * were looked at last.
 */
final class ViewedCheckpoints {

    private final int perJob;
    private final Cache<JobID, Map<Long, AbstractCheckpointStats>> viewed;

    ViewedCheckpoints(ReadableConfig configuration) {
        this.perJob = configuration.get(WebOptions.CHECKPOINTS_HISTORY_SIZE);
        this.viewed =
                Caffeine.newBuilder()
                        .executor(Runnable::run)
                        .maximumWeight(configuration.get(DreyOptions.CACHE_MAX_SIZE).getKibiBytes())
                        .weigher(ViewedCheckpoints::weight)
                        .build();
    }

    /**
     * Finds a checkpoint in the statistics that the function is given.
     *
     * @throws NotFoundException from the function, if it is not there and not remembered
     */
    Function<CheckpointStatsSnapshot, AbstractCheckpointStats> find(JobID jobId, CheckpointId id) {
        return statistics -> find(jobId, id.value(), statistics);
    }

    private AbstractCheckpointStats find(JobID jobId, long id, CheckpointStatsSnapshot statistics) {
        if (statistics == null) {
            throw new NotFoundException("Checkpointing is not enabled for this job");
        }
        AbstractCheckpointStats checkpoint = statistics.getHistory().getCheckpointById(id);
        if (checkpoint == null) {
            checkpoint = viewed.asMap().getOrDefault(jobId, Map.of()).get(id);
        }
        if (checkpoint == null) {
            throw new NotFoundException(
                    "No checkpoint %d of job %s is known: it was never triggered, or is not among the latest that %s keeps"
                            .formatted(id, jobId, WebOptions.CHECKPOINTS_HISTORY_SIZE.key()));
        }
        if (!checkpoint.getStatus().isInProgress()) {
            remember(jobId, checkpoint);
        }
        return checkpoint;
    }

    private void remember(JobID jobId, AbstractCheckpointStats checkpoint) {
        viewed.asMap()
                .compute(
                        jobId,
                        (job, others) -> {
                            Map<Long, AbstractCheckpointStats> latest = new LinkedHashMap<>();
                            if (others != null) {
                                latest.putAll(others);
                            }
                            latest.remove(checkpoint.getCheckpointId());
                            latest.put(checkpoint.getCheckpointId(), checkpoint);
                            if (latest.size() > perJob) {
                                latest.remove(latest.keySet().iterator().next());
                            }
                            return Collections.unmodifiableMap(latest);
                        });
    }

    private static int weight(JobID jobId, Map<Long, AbstractCheckpointStats> checkpoints) {
        long kibibytes = MemorySizes.of(checkpoints.values()) >> 10;
        return (int) Math.min(kibibytes, Integer.MAX_VALUE);
    }
}
