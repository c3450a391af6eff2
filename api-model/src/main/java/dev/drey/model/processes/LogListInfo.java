package dev.drey.model.processes;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.Millis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The log files of a process.
 *
 * @param logInfos the files in its log folder, in no order; empty if it has no such folder
 */
public record LogListInfo(@JsonProperty("logs") List<LogInfo> logInfos) {

    /**
     * A log file.
     *
     * @param name its name in the folder, by which it is asked for
     * @param size bytes, when it was listed
     * @param mtime when it was last written to, in milliseconds since the epoch
     */
    public record LogInfo(
            @JsonProperty("name") String name,
            @JsonProperty("size") long size,
            @JsonProperty("mtime") long mtime) {
        /** When it was last written to. */
        public Optional<Instant> modifiedAt() {
            return Millis.instant(mtime);
        }
    }
}
