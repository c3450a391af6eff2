package dev.drey.server.jars;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.DreyOptions;
import dev.drey.server.TestServer;
import dev.drey.server.TestServer.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JarUploadTest {

    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final int LIMIT = 10_000;
    private static final int UPLOADERS = 8;
    private static final int STALLED_CLIENTS = 40;
    private static final byte[] JAR = Jars.withoutManifest();

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .set(DreyOptions.JARS_MAX_UPLOAD_SIZE, new MemorySize(LIMIT))
                    .set(DreyOptions.JARS_MAX_CONCURRENT_UPLOADS, UPLOADERS)
                    .set(RestOptions.SERVER_MAX_CONTENT_LENGTH, 50)
                    .start();

    @AfterEach
    void emptyTheFolder() throws IOException {
        for (Path file : stored()) {
            Files.delete(file);
        }
    }

    @Test
    void aJarIsStoredUnderItsNameAndANewId() throws Exception {
        TestServer.Answer answer = SERVER.upload(new Form().file("job.jar", JAR)).expect(200);

        assertThat(answer.json().get("status").textValue()).isEqualTo("success");
        Path file = Path.of(answer.json().get("filename").textValue());
        assertThat(file.isAbsolute()).isTrue();
        assertThat(stored()).containsExactly(file);
        assertThat(file.getFileName().toString()).matches(UUID + "_job\\.jar");
        assertThat(Files.readAllBytes(file)).isEqualTo(JAR);
    }

    @Test
    void theSameJarTwiceIsTwoJars() {
        SERVER.upload(new Form().file("job.jar", JAR)).expect(200);
        SERVER.upload(new Form().file("job.jar", JAR)).expect(200);

        assertThat(stored()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jars/upload", "/v1/jars/upload", "/jars/upload/", "/jars/upload?x=1"})
    void everySpellingOfThePathStreamsItsBody(String path) {
        byte[] form = new Form().file("job.jar", JAR).bytes();

        SERVER.sendBytes("POST", path, form, "Content-Type: " + Form.TYPE).expect(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../../evil.jar | evil.jar",
                "/etc/evil.jar | evil.jar",
                "a/b/../c.jar | c.jar",
                "..\\\\..\\\\evil.jar | evil.jar",
                "C:\\\\temp\\\\evil.jar | evil.jar",
                "a b.jar | a b.jar",
                "ü.jar | ü.jar",
                "..jar | ..jar",
                "a_b.jar | a_b.jar"
            })
    void nothingOfAPathSurvives(String name, String kept) {
        SERVER.upload(new Form().file(name, JAR)).expect(200);

        assertThat(stored()).hasSize(1);
        assertThat(stored().get(0).getFileName().toString()).matches(UUID + "_\\Q" + kept + "\\E");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job.zip",
                "job",
                "jar",
                ".jar",
                "",
                "job.jar/",
                "job.jar/..",
                "a\u0000b.jar"
            })
    void whatHasNoNameOfAJarIsRefused(String name) {
        SERVER.upload(new Form().file(name, JAR)).refused(400);

        assertThat(stored()).isEmpty();
    }

    @Test
    void aNameThatNoFileCanHaveIsRefused() {
        assertThat(SERVER.upload(new Form().file("x".repeat(300) + ".jar", JAR)).refused(400))
                .contains("too long");
        assertThat(stored()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no jar", "PK\u0003\u0004 but no jar"})
    void whatIsNoJarIsRefused(String content) {
        assertThat(SERVER.upload(new Form().file("job.jar", content.getBytes(UTF_8))).refused(400))
                .contains("'job.jar' is no jar");
        assertThat(stored()).isEmpty();
    }

    @Test
    void aJarThatIsCutOffIsRefused() {
        byte[] half = Arrays.copyOf(JAR, JAR.length / 2);

        SERVER.upload(new Form().file("job.jar", half)).refused(400);

        assertThat(stored()).isEmpty();
    }

    @Test
    void exactlyOneFileIsTaken() {
        assertThat(SERVER.upload(new Form()).refused(400)).contains("exactly one");
        assertThat(SERVER.upload(new Form().file("a.jar", JAR).file("b.jar", JAR)).refused(400))
                .contains("exactly one");
        SERVER.upload(new Form().file("a.jar", JAR).field("x", "y")).refused(400);
        SERVER.upload(new Form().field("x", "y")).refused(400);

        assertThat(stored()).isEmpty();
    }

    @Test
    void whatIsNoFormIsRefused() {
        SERVER.sendBytes("POST", "/jars/upload", JAR, "Content-Type: application/java-archive")
                .refused(400);
        SERVER.sendBytes("POST", "/jars/upload", JAR).refused(400);
        SERVER.sendBytes("POST", "/jars/upload", null).refused(400);
        SERVER.sendBytes(
                        "POST",
                        "/jars/upload",
                        new Form().file("a.jar", JAR).bytes(),
                        "Content-Type: multipart/form-data")
                .refused(400);

        assertThat(stored()).isEmpty();
    }

    @Test
    void aJarThatIsTooLargeIsRefusedAsItComes() {
        byte[] form = new Form().file("job.jar", new byte[LIMIT + 1]).bytes();

        assertThat(
                        SERVER.sendBytes("POST", "/jars/upload", form, "Content-Type: " + Form.TYPE)
                                .refused(413))
                .contains(String.valueOf(LIMIT), "drey.jars.max-upload-size");
        assertThat(stored()).isEmpty();
    }

    @Test
    void aJarThatSaysItIsTooLargeIsRefusedBeforeItComes() {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(head("Content-Length: 99999999999"));

            connection.read().refused(413);
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void aJarOfUnknownLengthIsBoundedToo() {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(head("Transfer-Encoding: chunked"));
            connection.send(chunk(new Form().file("job.jar", new byte[2 * LIMIT]).unfinished()));

            connection.read().refused(413);
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void aJarOfUnknownLengthIsStored() {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(head("Transfer-Encoding: chunked"));
            connection.send(chunk(new Form().file("job.jar", JAR).bytes()));
            connection.send("0\r\n\r\n");

            connection.read().expect(200);
        }
        assertThat(stored()).hasSize(1);
    }

    @Test
    void aClientThatWaitsToBeAskedIsAsked() {
        byte[] form = new Form().file("job.jar", JAR).bytes();
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(head("Content-Length: " + form.length, "Expect: 100-continue"));
            connection.readHead().expect(100);
            connection.send(form);

            connection.read().expect(200);
        }
    }

    @Test
    void nothingIsLeftOfAClientThatHangsUp() {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send(head("Content-Length: 9000"));
            connection.send(new Form().file("job.jar", new byte[4000]).unfinished());
            TestServer.await("the part", () -> !stored().isEmpty());
        }

        TestServer.await("nothing is left", () -> stored().isEmpty());
    }

    @Test
    void clientsThatStallInTheirUploadsKeepNobodyFromBeingAnswered() {
        List<TestServer.Connection> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < STALLED_CLIENTS; i++) {
                TestServer.Connection connection = SERVER.connect();
                stalled.add(connection);
                connection.send(head("Content-Length: 9000"));
                connection.send(new Form().file("job.jar", new byte[4000]).unfinished());
            }
            TestServer.await("all uploads have begun", () -> stored().size() == UPLOADERS);

            TestServer.Answer refused = SERVER.upload(new Form().file("job.jar", JAR));
            assertThat(refused.refused(503)).contains("drey.jars.max-concurrent-uploads");
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            SERVER.get("/overview").expect(200);
            SERVER.get("/jars").expect(200);
            SERVER.send("PATCH", "/jobs/x", "{}").refused(400);
        } finally {
            stalled.forEach(TestServer.Connection::close);
        }

        TestServer.await("nothing is left", () -> stored().isEmpty());
    }

    private static String head(String... headers) {
        return "POST /jars/upload HTTP/1.1\r\nHost: "
                + SERVER.authority()
                + "\r\nContent-Type: "
                + Form.TYPE
                + "\r\n"
                + String.join("\r\n", headers)
                + "\r\n\r\n";
    }

    private static byte[] chunk(byte[] content) {
        byte[] head = (Integer.toHexString(content.length) + "\r\n").getBytes(UTF_8);
        byte[] chunk = Arrays.copyOf(head, head.length + content.length + 2);
        System.arraycopy(content, 0, chunk, head.length, content.length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        return chunk;
    }

    /** All that lies in the folder, finished or not. */
    private static List<Path> stored() {
        try (Stream<Path> files = Files.list(SERVER.jars())) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
