package dev.drey.client.jobs;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A file of a job's distributed cache.
 *
 * @param name what the job knows it by
 * @param file a regular file
 */
public record JobArtifact(String name, Path file) {
    public JobArtifact {
        requireNonNull(name, "name is null");
        requireNonNull(file, "file is null");
    }
}
