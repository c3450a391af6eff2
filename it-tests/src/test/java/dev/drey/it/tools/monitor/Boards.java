package dev.drey.it.tools.monitor;

import dev.drey.model.JobId;
import dev.drey.model.cluster.ClusterOverviewWithVersion;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobStatus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jline.utils.AttributedString;

/** Boards for tests. */
final class Boards {

    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    static final JobId FIRST = JobId.fromString("a".repeat(32));
    static final JobId SECOND = JobId.fromString("b".repeat(32));
    static final JobId THIRD = JobId.fromString("c".repeat(32));

    private static final ClusterOverviewWithVersion CLUSTER =
            new ClusterOverviewWithVersion(1, 4, 3, null, null, 2, 0, 0, 0, "2.3.0", "abc");

    /** A cluster that runs these. */
    static Board of(JobDetails... jobs) {
        return empty().seen(CLUSTER, List.of(jobs));
    }

    static Board seen(Board board, JobDetails... jobs) {
        return board.seen(CLUSTER, List.of(jobs));
    }

    static Board empty() {
        return Board.of(URI.create("http://127.0.0.1:8081"));
    }

    /** A job that began so many seconds ago. */
    static JobDetails job(JobId id, String name, JobStatus status, long age) {
        long began = NOW.minusSeconds(age).toEpochMilli();
        long ended = status.isGloballyTerminal() ? NOW.toEpochMilli() : -1;
        return new JobDetails(
                id, name, began, ended, age * 1000, status, began, null, null, null, null);
    }

    static List<String> text(Board board, int columns, int rows) {
        return Frame.of(board, columns, rows, NOW).stream()
                .map(AttributedString::toString)
                .toList();
    }

    private Boards() {}
}
