package dev.drey.server.savepoints;

import static java.util.Objects.requireNonNull;

import dev.drey.model.JobId;
import dev.drey.server.error.Failures;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.FlinkException;

/**
 * Finds a savepoint that nobody knows any more where it was to be written to.
 *
 * @param directory that it was to be written to
 * @param stops whether the job was to end with it, which no file proves
 * @param since when it was asked for
 * @param executor looks for it
 */
record SavepointTraces(
        JobId jobId, String directory, boolean stops, Instant since, Executor executor) {

    private static final int LENGTH_OF_JOB_IN_NAME = 6;

    /** Is written last. */
    private static final String METADATA = "_metadata";

    SavepointTraces {
        requireNonNull(jobId, "jobId is null");
        requireNonNull(directory, "directory is null");
        requireNonNull(since, "since is null");
        requireNonNull(executor, "executor is null");
    }

    /**
     * Where the savepoint lies, if that is certain; otherwise it fails with {@code reason} and what
     * else is known.
     */
    CompletableFuture<String> location(FlinkException reason) {
        return CompletableFuture.supplyAsync(() -> find(reason), executor);
    }

    private String find(FlinkException reason) {
        List<String> found;
        try {
            found = completed();
        } catch (IOException | RuntimeException e) {
            throw unknown(
                    reason, "%s cannot be listed (%s)".formatted(directory, Failures.told(e)));
        }
        if (found.size() == 1 && !stops) {
            return found.get(0);
        }
        throw unknown(
                reason,
                switch (found.size()) {
                    case 0 -> "%s has no complete savepoint of it".formatted(directory);
                    case 1 ->
                            "its savepoint is complete at %s, and the job's status tells whether it stopped"
                                    .formatted(found.get(0));
                    default -> "one of these may be it: %s".formatted(String.join(", ", found));
                });
    }

    /** The complete savepoints of the job that are newer than the request. */
    private List<String> completed() throws IOException {
        Path parent = new Path(directory);
        FileSystem files = parent.getFileSystem();
        return Optional.ofNullable(files.exists(parent) ? files.listStatus(parent) : null).stream()
                .flatMap(Stream::of)
                .filter(FileStatus::isDir)
                .map(FileStatus::getPath)
                .filter(folder -> folder.getName().startsWith(prefix()))
                .filter(folder -> isCompletedSince(files, folder))
                .map(Path::toString)
                .sorted()
                .toList();
    }

    private String prefix() {
        return "savepoint-%s-".formatted(jobId.value().substring(0, LENGTH_OF_JOB_IN_NAME));
    }

    private boolean isCompletedSince(FileSystem files, Path folder) {
        try {
            return files.getFileStatus(new Path(folder, METADATA)).getModificationTime()
                    >= since.toEpochMilli();
        } catch (IOException e) {
            // It is not complete, or was disposed of meanwhile.
            return false;
        }
    }

    private static CompletionException unknown(FlinkException reason, String known) {
        return new CompletionException(
                new FlinkException("%s; %s".formatted(reason.getMessage(), known)));
    }
}
