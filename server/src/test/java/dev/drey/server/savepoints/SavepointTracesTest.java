package dev.drey.server.savepoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.model.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.util.FlinkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavepointTracesTest {

    private static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");
    private static final Instant ASKED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = ASKED.plus(Duration.ofSeconds(2));

    @TempDir private Path folder;

    @Test
    void theOneThatIsCompleteIsFound() throws IOException {
        Path savepoint = complete("savepoint-012345-aaaa", LATER);
        Files.createDirectory(folder.resolve("savepoint-012345-bbbb"));
        complete("savepoint-012345-cccc", ASKED.minusMillis(1));
        complete("savepoint-fedcba-dddd", LATER);
        Files.createFile(folder.resolve("savepoint-012345-eeee"));

        assertThat(location(false)).isEqualTo("file:" + savepoint);
    }

    @Test
    void oneOfSeveralIsNotGuessed() throws IOException {
        Path one = complete("savepoint-012345-aaaa", LATER);
        Path other = complete("savepoint-012345-bbbb", LATER);

        isUnknown(false, one.toString(), other.toString());
    }

    @Test
    void thatTheJobStoppedIsNotProven() throws IOException {
        Path savepoint = complete("savepoint-012345-aaaa", LATER);

        isUnknown(true, savepoint.toString(), "status tells whether it stopped");
    }

    @Test
    void whereThereIsNoneNothingIsProven() throws IOException {
        isUnknown(false, "no complete savepoint");
        Files.delete(folder);
        isUnknown(false, "no complete savepoint");
    }

    @Test
    void aPlaceThatCannotBeReadProvesNothing() {
        assertThatThrownBy(() -> traces("nowhere://there", false).location(reason()).join())
                .cause()
                .isInstanceOf(FlinkException.class)
                .hasMessageContainingAll("Nobody knows; nowhere://there cannot be listed");
    }

    private void isUnknown(boolean stops, String... known) {
        assertThatThrownBy(() -> location(stops))
                .cause()
                .isInstanceOf(FlinkException.class)
                .hasMessageStartingWith("Nobody knows; ")
                .hasMessageContainingAll(known);
    }

    private String location(boolean stops) {
        return traces(folder.toUri().toString(), stops).location(reason()).join();
    }

    private static SavepointTraces traces(String directory, boolean stops) {
        return new SavepointTraces(JOB, directory, stops, ASKED, Runnable::run);
    }

    private static FlinkException reason() {
        return new FlinkException("Nobody knows");
    }

    private Path complete(String name, Instant when) throws IOException {
        Path savepoint = Files.createDirectory(folder.resolve(name));
        Path metadata = Files.createFile(savepoint.resolve("_metadata"));
        Files.setLastModifiedTime(metadata, FileTime.from(when));
        return savepoint;
    }
}
