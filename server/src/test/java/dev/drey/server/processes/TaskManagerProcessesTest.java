package dev.drey.server.processes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.JsonTrees;
import dev.drey.server.TestServer;
import dev.drey.server.TestServer.Answer;
import dev.drey.server.TestServer.Connection;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.blob.TransientBlobKey;
import org.apache.flink.runtime.blob.VoidBlobStore;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.resourcemanager.exceptions.UnknownTaskExecutorException;
import org.apache.flink.runtime.resourcemanager.utils.TestingResourceManagerGateway;
import org.apache.flink.runtime.rest.messages.LogInfo;
import org.apache.flink.runtime.rest.messages.LogListInfo;
import org.apache.flink.runtime.rest.messages.ThreadDumpInfo;
import org.apache.flink.runtime.taskexecutor.FileType;
import org.apache.flink.util.FlinkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskManagerProcessesTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final int LARGE = 32 << 20;
    private static final List<LogInfo> LOGS =
            List.of(new LogInfo("tm.log", 10, 1_700_000_000_000L), new LogInfo("tm.out", 0, 1));
    private static final ThreadDumpInfo THREADS =
            ThreadDumpInfo.create(
                    List.of(
                            ThreadDumpInfo.ThreadInfo.create("main", "\"main\" Id=1\n\tat x\n\n"),
                            ThreadDumpInfo.ThreadInfo.create("", "")));

    @TempDir private Path folder;

    private final BlockingQueue<String> questions = new LinkedBlockingQueue<>();
    private final BlockingQueue<TransientBlobKey> deleted = new LinkedBlockingQueue<>();
    private BlobServer blobs;
    private TestServer server;

    @BeforeEach
    void startBlobServer() throws IOException {
        blobs =
                new BlobServer(new Configuration(), folder.toFile(), new VoidBlobStore()) {
                    @Override
                    public boolean deleteFromCache(TransientBlobKey key) {
                        boolean done = super.deleteFromCache(key);
                        deleted.add(key);
                        return done;
                    }
                };
        blobs.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        blobs.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/taskmanagers/tm/log, LOG",
        "/taskmanagers/tm/stdout, STDOUT",
        "/taskmanagers/tm/logs/tm.log.1, LOG tm.log.1",
        "/taskmanagers/tm/logs/a%20b%2525, LOG a b%25"
    })
    void filesAreSent(String path, String question) {
        serve(AN_HOUR);

        Answer answer = server.get(path).expect(200);

        assertThat(answer.body()).isEqualTo("tm " + question);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
        assertThat(questions).containsExactly("tm " + question);
    }

    @Test
    void allWhoAskWithinAWhileAreSentTheSame() {
        serve(AN_HOUR);

        for (int i = 0; i < 3; i++) {
            assertThat(server.get("/taskmanagers/tm/log", "Range: bytes=-3").expect(206).body())
                    .isEqualTo("LOG");
        }
        server.get("/taskmanagers/other/log").expect(200);
        server.get("/taskmanagers/tm/stdout").expect(200);

        assertThat(questions).containsExactly("tm LOG", "other LOG", "tm STDOUT");
        assertThat(deleted).isEmpty();
    }

    @Test
    void whatNobodyNeedsAnyMoreIsDeleted() throws Exception {
        serve(Duration.ZERO);

        server.get("/taskmanagers/tm/log").expect(200);
        requireDeletion();
        server.get("/taskmanagers/tm/log").expect(200);
        requireDeletion();

        assertThat(questions).containsExactly("tm LOG", "tm LOG");
        assertThat(files(folder.toFile())).isZero();
    }

    @Test
    void aReaderWhoLeavesNeedsItsFileNoMore() throws Exception {
        serve(Duration.ZERO);
        try (Connection reader = server.connectNarrowly()) {
            reader.send(server.request("GET", "/taskmanagers/tm/logs/large", null));
            reader.readHead().expect(200);
        }

        requireDeletion();
    }

    @Test
    void aRangeThatIsNotThereLeavesNothing() throws Exception {
        serve(Duration.ZERO);

        server.get("/taskmanagers/tm/log", "Range: bytes=1000-").refused(416);

        requireDeletion();
    }

    @Test
    void aLargeFileIsSentWhole() {
        serve(AN_HOUR);
        try (Connection reader = server.connect()) {
            reader.send(server.request("GET", "/taskmanagers/tm/logs/large", null));
            assertThat(reader.readHead().expect(200).header("Content-Length"))
                    .isEqualTo(String.valueOf(LARGE));
            reader.skip(LARGE);
            reader.send(server.request("HEAD", "/taskmanagers/tm/logs/large", null));
            reader.readHead().expect(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/log", "/stdout", "/logs", "/logs/x", "/thread-dump"})
    void anUnknownTaskManagerIs404(String path) {
        serve(AN_HOUR);

        assertThat(server.get("/taskmanagers/nobody" + path).refused(404)).contains("nobody");
    }

    @ParameterizedTest
    @CsvSource({
        "/taskmanagers/tm/logs/missing, 404, missing",
        "/taskmanagers/unconfigured/log, 404, has no log",
        "/taskmanagers/unconfigured/stdout, 404, has no stdout",
        "/taskmanagers/tm/logs/folder, 404, folder",
        "/taskmanagers/tm/logs/broken, 500, reference"
    })
    void aFailureIsToldAndNotKept(String path, int status, String line) {
        serve(AN_HOUR);

        for (int i = 0; i < 2; i++) {
            assertThat(server.get(path).refused(status)).contains(line);
        }

        assertThat(questions).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "%2e%2e",
                "..%2Fpasswd",
                "..%2f..%2fpasswd",
                "%2Fetc%2Fpasswd",
                "..%5Cpasswd",
                "folder%2F..%2Ftm.log",
                "%20"
            })
    void noTaskManagerIsAskedForAPath(String name) {
        serve(AN_HOUR);

        server.get("/taskmanagers/tm/logs/" + name).refused(404);

        assertThat(questions).isEmpty();
    }

    @Test
    void withoutALeaderThereAreNoFiles() {
        server = TestServer.cluster().noLeader().transientBlobs(blobs).start();

        server.get("/taskmanagers/tm/log").refused(503);
    }

    @Test
    void logsAreListedAsInFlink() {
        serve(AN_HOUR);

        assertThat(server.get("/taskmanagers/tm/logs").expect(200).json())
                .isEqualTo(JsonTrees.ofFlink(new LogListInfo(LOGS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/taskmanagers/tm/thread-dump", "/jobmanager/thread-dump"})
    void threadsAreShownAsInFlink(String path) {
        serve(AN_HOUR);

        assertThat(server.get(path).expect(200).json()).isEqualTo(JsonTrees.ofFlink(THREADS));
    }

    private void requireDeletion() throws InterruptedException {
        assertThat(deleted.poll(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
    }

    private static int files(File folder) {
        int files = 0;
        for (File file : folder.listFiles()) {
            files += file.isDirectory() ? files(file) : 1;
        }
        return files;
    }

    private void serve(Duration refreshInterval) {
        server =
                TestServer.cluster()
                        .set(WebOptions.REFRESH_INTERVAL, refreshInterval)
                        .resourceManager(resourceManager())
                        .dispatcher(dispatcher())
                        .transientBlobs(blobs)
                        .start();
    }

    /** Flink's own fake cannot be told what to answer to this. */
    private static DispatcherGateway dispatcher() {
        return (DispatcherGateway)
                Proxy.newProxyInstance(
                        DispatcherGateway.class.getClassLoader(),
                        new Class<?>[] {DispatcherGateway.class},
                        (proxy, method, arguments) -> {
                            assertThat(method.getName()).isEqualTo("requestThreadDump");
                            return CompletableFuture.completedFuture(THREADS);
                        });
    }

    private TestingResourceManagerGateway resourceManager() {
        TestingResourceManagerGateway manager = new TestingResourceManagerGateway();
        manager.setRequestTaskManagerFileUploadByTypeFunction(
                asked -> upload(asked.f0, asked.f1, null));
        manager.setRequestTaskManagerFileUploadByNameAndTypeFunction(
                asked -> upload(asked.f0, asked.f2, asked.f1));
        manager.setRequestTaskManagerLogListFunction(
                id -> isUnknown(id) ? unknown(id) : CompletableFuture.completedFuture(LOGS));
        manager.setRequestThreadDumpFunction(
                id -> isUnknown(id) ? unknown(id) : CompletableFuture.completedFuture(THREADS));
        return manager;
    }

    private CompletableFuture<TransientBlobKey> upload(ResourceID id, FileType type, String name) {
        if (isUnknown(id)) {
            return unknown(id);
        }
        String question = id + " " + type + (name == null ? "" : " " + name);
        questions.add(question);
        if (id.toString().equals("unconfigured")) {
            return failed(new FlinkException("The file is not available on the TaskExecutor."));
        }
        return switch (String.valueOf(name)) {
            case "missing" -> failed(new FileNotFoundException("The file does not exist"));
            case "folder" ->
                    failed(new FlinkException("No upload", new FileNotFoundException("folder")));
            case "broken" -> failed(new FlinkException("No upload", new IOException("broken")));
            case "large" -> put(new byte[LARGE]);
            default -> put(question.getBytes(UTF_8));
        };
    }

    private CompletableFuture<TransientBlobKey> put(byte[] content) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return blobs.putTransient(content);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                });
    }

    private static boolean isUnknown(ResourceID id) {
        return id.toString().equals("nobody");
    }

    private static <T> CompletableFuture<T> unknown(ResourceID id) {
        return failed(new UnknownTaskExecutorException(id));
    }

    private static <T> CompletableFuture<T> failed(Exception failure) {
        return CompletableFuture.failedFuture(new CompletionException(failure));
    }
}
