package dev.drey.server.profiler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.TestServer;
import dev.drey.server.TestServer.Answer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.blob.TransientBlobKey;
import org.apache.flink.runtime.blob.VoidBlobStore;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.resourcemanager.exceptions.UnknownTaskExecutorException;
import org.apache.flink.runtime.resourcemanager.utils.TestingResourceManagerGateway;
import org.apache.flink.runtime.rest.messages.ProfilingInfo;
import org.apache.flink.runtime.rest.messages.ProfilingInfo.ProfilingMode;
import org.apache.flink.runtime.taskexecutor.FileType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilerResourceTest {

    private static final String ID = "tm-1";

    private static final String JOB_MANAGER = "/jobmanager/profiler";
    private static final String TASK_MANAGER = "/taskmanagers/" + ID + "/profiler";
    private static final String ITIMER = "{\"mode\":\"ITIMER\",\"duration\":2}";
    private static final String PROFILE = "<html>samples</html>";

    @TempDir private static Path folder;

    private static final List<String> UPLOADS = new CopyOnWriteArrayList<>();
    private static final TestingResourceManagerGateway TASK_MANAGERS = resourceManager();

    private static BlobServer blobs;
    private static TestServer server;

    @AutoClose private static final TestServer WITHOUT = TestServer.cluster().start();

    @BeforeAll
    static void start() throws IOException {
        blobs =
                new BlobServer(
                        new Configuration(), folder.resolve("blobs").toFile(), new VoidBlobStore());
        blobs.start();
        Path profiles = Files.createDirectory(folder.resolve("profiles"));
        Files.writeString(profiles.resolve("JobManager_CPU_2026.html"), PROFILE);
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(profiles.resolve("out-of-it"), Path.of("../secret"));
        server =
                TestServer.cluster()
                        .set(RestOptions.ENABLE_PROFILER, true)
                        .set(RestOptions.MAX_PROFILING_DURATION, Duration.ofSeconds(60))
                        .set(RestOptions.PROFILING_RESULT_DIR, profiles.toString())
                        .resourceManager(TASK_MANAGERS)
                        .transientBlobs(blobs)
                        .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        blobs.close();
    }

    @Test
    void aJobManagerThatWasNeverProfiledHasNoProfiles() {
        assertThat(server.get("/jobmanager/profiler").expect(200).body())
                .isEqualTo("{\"profilingList\":[]}");
    }

    @Test
    void theProfilesOfATaskManagerAreShown() {
        JsonNode profiles =
                server.get("/taskmanagers/" + ID + "/profiler")
                        .expect(200)
                        .json()
                        .get("profilingList");

        assertThat(profiles).hasSize(2);
        assertThat(profiles.get(0).get("status").textValue()).isEqualTo("RUNNING");
        assertThat(profiles.get(0).get("finishedTime").isNull()).isTrue();
        assertThat(profiles.get(1).get("outputFile").textValue()).isEqualTo("a.html");
    }

    @Test
    void anUnknownTaskManagerIs404() {
        assertThat(server.get("/taskmanagers/nope/profiler").refused(404)).contains("nope");
    }

    @Test
    void aProfileOfTheJobManagerIsSent() {
        String path = JOB_MANAGER + "/JobManager_CPU_2026.html";
        Answer answer = server.get(path).expect(200);

        assertThat(answer.body()).isEqualTo(PROFILE);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
        assertThat(server.get(path, "Range: bytes=-7").expect(206).body()).isEqualTo("</html>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-such-file",
                "out-of-it",
                "..",
                "%2e%2e",
                "..%2Fsecret",
                "%2e%2e%2fsecret",
                "..%252Fsecret",
                "..%5Csecret",
                "%2Fetc%2Fpasswd",
                "JobManager_CPU_2026.html%00",
                "JobManager_CPU_2026.html%2F",
                "%20"
            })
    void noNameLeadsOutOfTheFolder(String name) {
        server.get(JOB_MANAGER + "/" + name).refused(404);
        server.get(TASK_MANAGER + "/" + name).refused(404);
    }

    @Test
    void aProfileOfATaskManagerIsSent() {
        Answer answer = server.get(TASK_MANAGER + "/a%20b.html").expect(200);

        assertThat(answer.body()).isEqualTo(PROFILE);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
        assertThat(UPLOADS)
                .contains(ID + " PROFILER a b.html")
                .noneMatch(name -> name.contains("/"));
        assertThat(server.get("/taskmanagers/nope/profiler/a.html").refused(404)).contains("nope");
    }

    @Test
    void aProfileOfATaskManagerBegins() {
        TASK_MANAGERS.setRequestProfilingFunction(
                id ->
                        CompletableFuture.completedFuture(
                                ProfilingInfo.create(2, ProfilingMode.ITIMER)));

        JsonNode profile = server.send("POST", TASK_MANAGER, ITIMER).expect(200).json();

        assertThat(profile.get("status").textValue()).isEqualTo("RUNNING");
        assertThat(profile.get("mode").textValue()).isEqualTo("ITIMER");
        assertThat(profile.get("duration").intValue()).isEqualTo(2);
        assertThat(profile.get("outputFile").isNull()).isTrue();
    }

    @Test
    void oneProfileIsTakenAtATime() {
        TASK_MANAGERS.setRequestProfilingFunction(
                id ->
                        CompletableFuture.failedFuture(
                                new CompletionException(
                                        new IllegalStateException(
                                                "tm is still under profiling."))));

        assertThat(server.send("POST", TASK_MANAGER, ITIMER).refused(409)).contains(ID, "already");
    }

    @ParameterizedTest
    @MethodSource("missingProfilers")
    void aProfilerThatDoesNotLoadIsNamed(Throwable failure) {
        TASK_MANAGERS.setRequestProfilingFunction(id -> CompletableFuture.failedFuture(failure));

        assertThat(server.send("POST", TASK_MANAGER, ITIMER).refused(500))
                .contains(ID, "async-profiler", failure.getClass().getSimpleName());
    }

    static List<Throwable> missingProfilers() {
        return List.of(
                new NoClassDefFoundError("one/profiler/AsyncProfiler"),
                new UnsatisfiedLinkError("libasyncProfiler.so"),
                new UnsupportedOperationException("Unsupported platform"),
                new IllegalStateException(new IOException("No space left on device")));
    }

    @Test
    void anUnknownTaskManagerIsNotProfiled() {
        TASK_MANAGERS.setRequestProfilingFunction(null);

        assertThat(server.send("POST", "/taskmanagers/nope/profiler", ITIMER).refused(404))
                .contains("nope");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 'mode' is missing",
                "{'mode':null,'duration':1} | 'mode' is missing",
                "{'duration':1} | CPU, ALLOC, LOCK, WALL, ITIMER",
                "{'mode':'NOPE','duration':1} | 'NOPE' is none of CPU, ALLOC, LOCK, WALL, ITIMER",
                "{'mode':'UNKNOWN','duration':1} | 'UNKNOWN' is none of",
                "{'mode':'CPU'} | 'duration' is missing",
                "{'mode':'CPU','duration':null} | 'duration' is missing",
                "{'mode':'CPU','duration':0} | 'duration' is 0",
                "{'mode':'CPU','duration':-1} | 'duration' is -1",
                "{'mode':'CPU','duration':61} | from 1 to 60",
                "{'mode':'CPU','duration':3000000000} | 'duration'",
                "{'mode':'CPU','duration':'x'} | 'duration'"
            })
    void aWrongProfileIs400(String body, String line) {
        String json = body.replace('\'', '"');

        assertThat(server.send("POST", JOB_MANAGER, json).refused(400)).contains(line);
        assertThat(server.send("POST", TASK_MANAGER, json).refused(400)).contains(line);
    }

    @Test
    void theRoutesAreThereOnlyWhereProfilingIsEnabled() {
        for (String path : List.of(JOB_MANAGER, TASK_MANAGER)) {
            WITHOUT.get(path).refused(404);
            WITHOUT.get(path + "/x.html").refused(404);
            WITHOUT.send("POST", path, ITIMER).refused(404);
        }
    }

    private static TestingResourceManagerGateway resourceManager() {
        TestingResourceManagerGateway resourceManager = new TestingResourceManagerGateway();
        resourceManager.setRequestProfilingListFunction(
                id ->
                        id.equals(new ResourceID(ID))
                                ? CompletableFuture.completedFuture(
                                        List.of(
                                                ProfilingInfo.create(5, ProfilingMode.CPU),
                                                ProfilingInfo.create(5, ProfilingMode.ITIMER)
                                                        .success("a.html")))
                                : CompletableFuture.failedFuture(
                                        new UnknownTaskExecutorException(id)));
        resourceManager.setRequestTaskManagerFileUploadByNameAndTypeFunction(
                asked -> upload(asked.f0, asked.f1, asked.f2));
        return resourceManager;
    }

    private static CompletableFuture<TransientBlobKey> upload(
            ResourceID id, String name, FileType type) {
        if (!id.equals(new ResourceID(ID))) {
            return CompletableFuture.failedFuture(new UnknownTaskExecutorException(id));
        }
        UPLOADS.add(id + " " + type + " " + name);
        try {
            return name.equals("a b.html")
                    ? CompletableFuture.completedFuture(blobs.putTransient(PROFILE.getBytes(UTF_8)))
                    : CompletableFuture.failedFuture(new FileNotFoundException(name));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
