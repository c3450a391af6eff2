package dev.drey.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.model.checkpoints.CheckpointStatistics;
import dev.drey.model.jobs.IOMetricsInfo;
import dev.drey.model.jobs.JobDetails;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Numbers of the wire as times, and what Flink reports as unknown as nothing. */
class TypedTimesTest {

    @Test
    void whatHasNotHappenedHasNoTime() throws Exception {
        JobDetails job =
                read(
                        "{\"start-time\":1795468812120,\"end-time\":-1,\"duration\":1500,\"last-modification\":0}",
                        JobDetails.class);

        assertThat(job.startedAt()).contains(Instant.ofEpochMilli(1_795_468_812_120L));
        assertThat(job.endedAt()).isEmpty();
        assertThat(job.lasted()).contains(Duration.ofMillis(1500));
        assertThat(job.lastUpdatedAt()).isEmpty();
    }

    @Test
    void checkpointsOfAllKindsHaveTimes() throws Exception {
        CheckpointStatistics checkpoint =
                read(
                        "{\"className\":\"failed\",\"trigger_timestamp\":1,\"latest_ack_timestamp\":-1,\"end_to_end_duration\":-1,\"failure_timestamp\":2}",
                        CheckpointStatistics.class);

        assertThat(checkpoint.triggeredAt()).contains(Instant.ofEpochMilli(1));
        assertThat(checkpoint.latestAckAt()).isEmpty();
        assertThat(checkpoint.lasted()).isEmpty();
        assertThat(((CheckpointStatistics.Failed) checkpoint).failedAt())
                .contains(Instant.ofEpochMilli(2));
    }

    @Test
    void countsThatAreNotCompleteAreUnknown() throws Exception {
        IOMetricsInfo metrics =
                read(
                        "{\"read-bytes\":0,\"read-bytes-complete\":false,\"write-bytes\":7,\"write-bytes-complete\":true,\"accumulated-busy-time\":\"NaN\",\"accumulated-idle-time\":3}",
                        IOMetricsInfo.class);

        assertThat(metrics.knownBytesRead()).isEmpty();
        assertThat(metrics.knownBytesWritten()).hasValue(7);
        assertThat(metrics.busy()).isEmpty();
        assertThat(metrics.idle()).contains(Duration.ofMillis(3));
    }

    private static <T> T read(String json, Class<T> type) throws Exception {
        return ClientJson.mapper().readValue(json, type);
    }
}
