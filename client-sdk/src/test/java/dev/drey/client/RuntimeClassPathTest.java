package dev.drey.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an application gets with the SDK. The build writes down what that is. */
class RuntimeClassPathTest {
    private static final long MOST_BYTES = 8 << 20;

    @Test
    void itIsSmall() throws IOException {
        long bytes = size(Path.of("target", "classes"));
        for (Path entry : entries()) {
            bytes += size(entry);
        }
        assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    void itHoldsNoFlinkAndNoLoggingBackEnd() throws IOException {
        assertThat(entries())
                .map(Path::toString)
                .anyMatch(entry -> entry.contains("jersey-client"))
                .noneMatch(
                        entry ->
                                entry.contains("/org/apache/flink/")
                                        || entry.contains("log4j")
                                        || entry.contains("logback")
                                        || entry.contains("slf4j-simple")
                                        || entry.contains("slf4j-jdk14")
                                        || entry.contains("slf4j-reload4j"));
    }

    private static List<Path> entries() throws IOException {
        return Stream.of(
                        Files.readString(Path.of("target", "runtime-class-path.txt"))
                                .trim()
                                .split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }

    private static long size(Path entry) throws IOException {
        try (Stream<Path> files = Files.walk(entry)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
