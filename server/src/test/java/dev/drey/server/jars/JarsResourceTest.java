package dev.drey.server.jars;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.DreyOptions;
import dev.drey.server.TestServer;
import dev.drey.server.TestServer.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.ProgramDescription;
import org.apache.flink.configuration.WebOptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JarsResourceTest {

    private static final String UNKNOWN = "00000000-0000-0000-0000-000000000000_x.jar";

    @AutoClose
    private final TestServer server =
            TestServer.cluster().set(DreyOptions.JARS_MAX_CONCURRENT_RUNS, 1).start();

    @Test
    void aServerWithoutJarsHasAnEmptyList() {
        assertThat(server.get("/jars").expect(200).body())
                .isEqualTo("{\"address\":\"" + server.uri() + "\",\"files\":[]}");
    }

    @Test
    void jarsAreListedNewestFirst() throws Exception {
        String older = upload("older.jar", Jars.withoutManifest());
        String newest = upload("newest.jar", Jars.withoutManifest());
        String oldest = upload("old_est.jar", Jars.withoutManifest());
        uploadedAt(oldest, 1_000);
        uploadedAt(older, 2_000);
        uploadedAt(newest, 3_000);

        JsonNode files = server.get("/jars").json().get("files");

        assertThat(StreamSupport.stream(files.spliterator(), false))
                .extracting(file -> file.get("id").textValue())
                .containsExactly(newest, older, oldest);
        assertThat(files.get(2).get("name").textValue()).isEqualTo("old_est.jar");
        assertThat(files.get(2).get("uploaded").longValue()).isEqualTo(1_000);
        assertThat(files.get(2).get("entry")).isEmpty();
    }

    @Test
    void whatElseLiesInTheFolderIsNotListed() throws Exception {
        for (String name : new String[] {"a_b.txt", "x.jar", ".0_x.jar", ".0.part"}) {
            Files.write(server.jars().resolve(name), Jars.withoutManifest());
        }
        Files.writeString(server.jars().resolve("0_broken.jar"), "no jar");
        Files.createDirectory(server.jars().resolve("0_folder.jar"));

        assertThat(server.get("/jars").expect(200).json().get("files"))
                .allSatisfy(file -> assertThat(file.get("entry")).isEmpty());
    }

    @Test
    void aFolderThatIsGoneHoldsNoJars() throws Exception {
        Files.delete(server.jars());

        assertThat(server.get("/jars").expect(200).json().get("files")).isEmpty();
        upload("new.jar", Jars.withoutManifest());
        assertThat(server.get("/jars").json().get("files")).hasSize(1);
    }

    @Test
    void entryClassesThatTheManifestNamesAreListed() {
        upload("one.jar", Jars.withMainClass(Silent.class));

        JsonNode entries = server.get("/jars").json().get("files").get(0).get("entry");

        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).get("name").textValue()).isEqualTo(Silent.class.getName());
        assertThat(entries.get(0).get("description").isNull()).isTrue();
    }

    @Test
    void severalEntryClassesAreListedAndThoseThatAreNoneAreNot() {
        String names =
                "%s, no.such.Class,%s,%s"
                        .formatted(
                                Silent.class.getName(),
                                String.class.getName(),
                                Failing.class.getName());
        upload("many.jar", Jars.with("program-class", names));

        JsonNode entries = server.get("/jars").json().get("files").get(0).get("entry");

        assertThat(StreamSupport.stream(entries.spliterator(), false))
                .extracting(entry -> entry.get("name").textValue())
                .containsExactly(Silent.class.getName(), Failing.class.getName());
    }

    @Test
    void aDeletedJarIsGone() {
        String id = upload("job.jar", Jars.withoutManifest());

        assertThat(server.send("DELETE", "/jars/" + id, "{}").expect(200).body()).isEqualTo("{}");

        assertThat(server.jars()).isEmptyDirectory();
        assertThat(server.send("DELETE", "/jars/" + id, "{}").refused(400)).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                UNKNOWN,
                "..%2f..%2fkept.jar",
                "..%5ckept.jar",
                "%2e%2e",
                "..",
                ".",
                "%20",
                "x%00.jar",
                "%0a"
            })
    void whatIsNoUploadedJarCannotBeDeletedOrRun(String id) throws Exception {
        Path kept = Files.createFile(server.jars().resolveSibling("kept.jar"));

        assertThat(server.send("DELETE", "/jars/" + id, "{}").status()).isIn(400, 404, 405);
        assertThat(server.send("POST", "/jars/" + id + "/run", "{}").status()).isIn(400, 404, 405);

        assertThat(kept).exists();
        assertThat(server.jars()).exists();
    }

    @Test
    void aJarThatIsUnknownCannotBeRun() {
        assertThat(server.send("POST", "/jars/" + UNKNOWN + "/run", "{}").refused(404))
                .contains(UNKNOWN);
    }

    @Test
    void aProgramThatSubmitsNothingIsRefused() {
        assertThat(run(Silent.class, "{}").refused(400)).contains("without submitting a job");
    }

    @Test
    void aProgramThatFailsIsRefusedWithItsReason() {
        assertThat(run(Failing.class, "{}").refused(400))
                .isEqualTo("The program failed: ArithmeticException: no such number");
    }

    @Test
    void anErrorThatAProgramThrowsIsTheProgramsFailure() {
        assertThat(run(Broken.class, "{}").refused(400))
                .isEqualTo("The program failed: AssertionError: two is not three");
    }

    @Test
    void aProgramMayDescribeItself() {
        upload("described.jar", Jars.withMainClass(Described.class));

        JsonNode entries = server.get("/jars").json().get("files").get(0).get("entry");

        assertThat(entries.get(0).get("description").textValue()).isEqualTo("counts sheep");
    }

    @Test
    void aDescriptionThatNeverComesHoldsUpNobody() {
        upload("endless.jar", Jars.withMainClass(Endless.class));
        try {
            JsonNode endless = server.get("/jars").expect(200).json().get("files").get(0);

            assertThat(endless.get("entry")).isEmpty();
            server.send("DELETE", "/jars/" + endless.get("id").textValue(), null).expect(200);
        } finally {
            Endless.MAY_END.countDown();
        }
    }

    @Test
    void aProgramGetsItsArguments() {
        assertThat(run(Echoing.class, "{\"programArgsList\":[\"--a\",\"b c\",\"\"]}").refused(400))
                .contains("[--a, b c, ]");
    }

    @Test
    void anotherEntryClassCanBeNamed() {
        assertThat(
                        run(Silent.class, "{\"entryClass\":\"" + Failing.class.getName() + "\"}")
                                .refused(400))
                .contains("no such number");
    }

    @ParameterizedTest
    @CsvSource({
        "no.such.Class, no.such.Class",
        "java.lang.String, does not have a main",
        "not a name, not a name"
    })
    void anEntryClassThatIsNoneIsRefused(String name, String reason) {
        assertThat(run(Silent.class, "{\"entryClass\":\"" + name + "\"}").refused(400))
                .startsWith("The program cannot be loaded: ")
                .contains(reason);
    }

    @Test
    void aJarWithoutAMainClassCannotBeRunWithoutNamingOne() {
        String id = upload("job.jar", Jars.withoutManifest());

        assertThat(server.send("POST", "/jars/" + id + "/run", "{}").refused(400))
                .startsWith("The program cannot be loaded: ");
    }

    @Test
    void asManyProgramsRunAsAreAllowed() throws Exception {
        String waiting = upload("waiting.jar", Jars.withMainClass(Waiting.class));
        CompletableFuture<TestServer.Answer> first =
                CompletableFuture.supplyAsync(
                        () -> server.send("POST", "/jars/" + waiting + "/run", "{}"));
        try {
            assertThat(Waiting.STARTED.await(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();

            TestServer.Answer second = run(Silent.class, "{}");

            assertThat(second.refused(503)).contains("drey.jars.max-concurrent-runs");
            assertThat(second.header("Retry-After")).isEqualTo("5");
        } finally {
            Waiting.MAY_END.countDown();
        }
        assertThat(first.join().refused(400)).contains("without submitting a job");
        run(Silent.class, "{}").refused(400);
    }

    @Test
    void aProgramThatTakesTooLongIsInterrupted() throws Exception {
        try (TestServer impatient =
                TestServer.cluster().set(WebOptions.TIMEOUT, Duration.ofMillis(200)).start()) {
            TestServer.Answer uploaded =
                    impatient.upload(
                            new Form().file("job.jar", Jars.withMainClass(Sleepless.class)));
            String id =
                    Path.of(uploaded.expect(200).json().get("filename").textValue())
                            .getFileName()
                            .toString();

            assertThat(impatient.send("POST", "/jars/" + id + "/run", "{}").refused(504))
                    .contains("200 ms (web.timeout)");
            assertThat(Sleepless.INTERRUPTED.await(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    private TestServer.Answer run(Class<?> program, String json) {
        String id = upload("job.jar", Jars.withMainClass(program));
        return server.send("POST", "/jars/" + id + "/run", json);
    }

    private String upload(String name, byte[] jar) {
        TestServer.Answer answer = server.upload(new Form().file(name, jar)).expect(200);
        return Path.of(answer.json().get("filename").textValue()).getFileName().toString();
    }

    private void uploadedAt(String id, long millis) throws IOException {
        Files.setLastModifiedTime(server.jars().resolve(id), FileTime.fromMillis(millis));
    }

    public static final class Silent {
        public static void main(String[] arguments) {}
    }

    @SuppressWarnings("DoNotCallSuggester") // Flink calls it
    public static final class Failing {
        public static void main(String[] arguments) {
            throw new ArithmeticException("no such number");
        }
    }

    @SuppressWarnings("DoNotCallSuggester") // Flink calls it
    public static final class Echoing {
        public static void main(String[] arguments) {
            throw new IllegalStateException(Arrays.toString(arguments));
        }
    }

    @SuppressWarnings("DoNotCallSuggester") // Flink calls it
    public static final class Broken {
        public static void main(String[] arguments) {
            throw new AssertionError("two is not three");
        }
    }

    public static final class Described implements ProgramDescription {
        @Override
        public String getDescription() {
            return "counts sheep";
        }

        public static void main(String[] arguments) {}
    }

    public static final class Endless implements ProgramDescription {
        static final CountDownLatch MAY_END = new CountDownLatch(1);

        @Override
        public String getDescription() {
            try {
                MAY_END.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "comes too late";
        }

        public static void main(String[] arguments) {}
    }

    public static final class Sleepless {
        static final CountDownLatch INTERRUPTED = new CountDownLatch(1);

        public static void main(String[] arguments) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                INTERRUPTED.countDown();
            }
        }
    }

    public static final class Waiting {
        static final CountDownLatch STARTED = new CountDownLatch(1);
        static final CountDownLatch MAY_END = new CountDownLatch(1);

        public static void main(String[] arguments) throws InterruptedException {
            STARTED.countDown();
            MAY_END.await();
        }
    }
}
