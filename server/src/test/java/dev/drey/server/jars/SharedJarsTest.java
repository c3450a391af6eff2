package dev.drey.server.jars;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JobManagers of a highly available cluster. */
class SharedJarsTest {

    @TempDir private Path storage;

    @AutoClose private TestServer one;
    @AutoClose private TestServer other;

    @Test
    void bothListTheSameJars() {
        start(storage);
        String first = upload(one);
        String second = upload(other);

        assertThat(ids(one)).containsExactlyInAnyOrder(first, second);
        assertThat(jars(other)).isEqualTo(jars(one));
        assertThat(jars(other).findValuesAsText("name")).contains("a.jar", Failing.class.getName());
    }

    @Test
    void aJarRunsWhereItWasNotUploaded() {
        start(storage);
        String jar = upload(one);

        assertThat(run(other, jar).refused(400)).contains("it was run");
        assertThat(other.jars()).isDirectoryContaining(file -> file.endsWith(jar));
    }

    @Test
    void aJarThatIsDeletedIsGoneForBoth() throws IOException {
        start(storage);
        String jar = upload(one);
        run(other, jar).refused(400);

        one.send("DELETE", "/jars/" + jar, null).expect(200);

        assertThat(ids(one)).isEmpty();
        assertThat(ids(other)).isEmpty();
        assertThat(run(other, jar).refused(404)).contains(jar);
        assertThat(other.send("DELETE", "/jars/" + jar, null).refused(400)).contains(jar);
        assertThat(files("contents")).as("files that are left").isEmpty();
    }

    @Test
    void aDamagedJarIsNotRun() throws IOException {
        start(storage);
        String jar = upload(one);
        Path content = files("contents").get(0);
        assertThat(content.getFileName().toString()).matches("[0-9a-f]{64}-.*");
        Files.write(content, new byte[] {1});

        assertThat(run(other, jar).refused(503))
                .contains("damaged", content.getFileName().toString());
        assertThat(other.jars()).isEmptyDirectory();
    }

    @Test
    void whatIsNotWholeOrNoJarIsNotListed() throws IOException {
        start(storage);
        String jar = upload(one);
        Path notes = files("notes").get(0).getParent();
        Files.createFile(notes.resolve(".begun"));
        Files.createFile(notes.resolve("README"));

        assertThat(ids(other)).containsExactly(jar);
    }

    @Test
    void aFolderThatCannotBeReachedIsSaidToBeAway() throws IOException {
        Path file = Files.createFile(storage.resolve("file"));
        start(file);

        assertThat(send(one).refused(503)).contains("high-availability.storageDir", "file");
        assertThat(one.jars()).as("what a refused upload leaves").isEmptyDirectory();
        assertThat(run(one, "00000000-0000-0000-0000-000000000000_x.jar").status()).isIn(404, 503);
    }

    private void start(Path shared) {
        one = highlyAvailable(shared);
        other = highlyAvailable(shared);
    }

    private static TestServer highlyAvailable(Path shared) {
        return TestServer.cluster()
                .set(HighAvailabilityOptions.HA_MODE, "zookeeper")
                .set(HighAvailabilityOptions.HA_CLUSTER_ID, "/cluster")
                .set(HighAvailabilityOptions.HA_STORAGE_PATH, shared.toUri().toString())
                .start();
    }

    private List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(storage.resolve("cluster/drey-jars/" + folder))) {
            return files.filter(file -> !file.getFileName().toString().endsWith(".crc")).toList();
        }
    }

    private static String upload(TestServer server) {
        String path = send(server).expect(200).json().get("filename").textValue();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static TestServer.Answer send(TestServer server) {
        return server.upload(
                new TestServer.Form().file("a.jar", Jars.withMainClass(Failing.class)));
    }

    private static TestServer.Answer run(TestServer server, String jar) {
        return server.send("POST", "/jars/%s/run".formatted(jar), "{}");
    }

    private static JsonNode jars(TestServer server) {
        return server.get("/jars").expect(200).json().get("files");
    }

    private static List<String> ids(TestServer server) {
        return jars(server).findValuesAsText("id");
    }

    /** A program that says that it was run. */
    @SuppressWarnings("DoNotCallSuggester") // Flink calls it
    public static final class Failing {

        public static void main(String[] arguments) {
            throw new IllegalStateException("it was run");
        }
    }
}
