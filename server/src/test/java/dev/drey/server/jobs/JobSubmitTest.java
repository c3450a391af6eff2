package dev.drey.server.jobs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.transport.TlsSettings;
import dev.drey.server.DreyOptions;
import dev.drey.server.TestServer;
import dev.drey.server.TestServer.Form;
import dev.drey.server.jobmanager.ClusterRestEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.flink.api.common.ApplicationID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.cache.DistributedCache.DistributedCacheEntry;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.application.SingleJobApplication;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.blob.PermanentBlobKey;
import org.apache.flink.runtime.blob.VoidBlobStore;
import org.apache.flink.runtime.client.DuplicateApplicationSubmissionException;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobGraphBuilder;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.apache.flink.streaming.api.graph.ExecutionPlan;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobSubmitTest {

    private static final int LIMIT = 100_000;
    private static final JobID JOB = JobID.fromHexString("0123456789abcdef0123456789abcdef");
    private static final byte[] JAR = "the classes".getBytes(UTF_8);
    private static final byte[] ARTIFACT = "a table".getBytes(UTF_8);

    private final AtomicReference<ExecutionPlan> submitted = new AtomicReference<>();
    private CompletableFuture<Acknowledge> acknowledgment =
            CompletableFuture.completedFuture(Acknowledge.get());

    @TempDir private Path blobs;
    @AutoClose private BlobServer blobServer;
    @AutoClose private TestServer server;

    @BeforeEach
    void start() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        blobServer = new BlobServer(configuration, blobs.toFile(), new VoidBlobStore());
        blobServer.start();
        server = cluster().start();
    }

    private TestServer.Builder cluster() {
        return TestServer.cluster()
                .set(DreyOptions.JARS_MAX_UPLOAD_SIZE, new MemorySize(LIMIT))
                .set(RestOptions.SERVER_MAX_CONTENT_LENGTH, 500)
                .dispatcher(this::dispatcher);
    }

    private TestingDispatcherGateway.Builder dispatcher(TestingDispatcherGateway.Builder gateway) {
        return gateway.setHostname("127.0.0.1")
                .setBlobServerPort(blobServer.getPort())
                .setSubmitApplicationFunction(
                        application -> {
                            submitted.set(((SingleJobApplication) application).getExecutionPlan());
                            return acknowledgment;
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jobs", "/v1/jobs", "/jobs/", "/jobs?x=1"})
    void aJobGoesToTheClusterWithItsFiles(String path) throws Exception {
        TestServer.Answer answer =
                server.post(
                                path,
                                new Form()
                                        .field(
                                                "request",
                                                """
                                                {"executionPlanFileName": "plan.bin",
                                                 "jobJarFileNames": ["job.jar"],
                                                 "jobArtifactFileNames": [
                                                   {"entryName": "table", "fileName": "t.csv"}]}
                                                """)
                                        .file("plan.bin", plan())
                                        .file("job.jar", JAR)
                                        .file("some/folder/t.csv", ARTIFACT))
                        .expect(202);

        assertThat(answer.body()).isEqualTo("{\"jobUrl\":\"/jobs/" + JOB + "\"}");
        JobGraph graph = (JobGraph) submitted.get();
        assertThat(graph.getJobID()).isEqualTo(JOB);
        assertThat(graph.getUserJarBlobKeys())
                .singleElement()
                .satisfies(key -> assertThat(blobServer.getFile(JOB, key)).hasBinaryContent(JAR));
        byte[] key = graph.getUserArtifacts().get("table").blobKey;
        assertThat(blobServer.getFile(JOB, (PermanentBlobKey) deserialized(key)))
                .hasBinaryContent(ARTIFACT);
        assertThat(server.jars()).isEmptyDirectory();
    }

    @Test
    void thePartsComeInAnyOrderAndTheNameOfOlderClientsIsKnown() throws Exception {
        server.post(
                        "/jobs",
                        new Form()
                                .file("plan.bin", plan())
                                .field("request", "{\"jobGraphFileName\":\"plan.bin\"}"))
                .expect(202);

        assertThat(submitted.get().getJobID()).isEqualTo(JOB);
    }

    @Test
    void aFileThatComesTwiceIsOneFile() throws Exception {
        server.post(
                        "/jobs",
                        request("{\"executionPlanFileName\":\"p\",\"jobJarFileNames\":[\"j\"]}")
                                .file("p", plan())
                                .file("j", JAR)
                                .file("j", JAR))
                .expect(202);

        assertThat(((JobGraph) submitted.get()).getUserJarBlobKeys()).hasSize(1);
    }

    @Test
    void twoFilesOfOneNameAreRefused() throws Exception {
        assertThat(
                        server.post(
                                        "/jobs",
                                        request("{\"executionPlanFileName\":\"p\"}")
                                                .file("p", plan())
                                                .file("a/x", JAR)
                                                .file("b/x", ARTIFACT))
                                .refused(400))
                .contains("'x'");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | executionPlanFileName is missing",
                "`` | executionPlanFileName is missing",
                "{\"executionPlanFileName\":null} | executionPlanFileName is missing",
                "{\"executionPlanFileName\":\"nope\"} | executionPlanFileName: no file 'nope'",
                "{\"executionPlanFileName\":\"p\",\"jobJarFileNames\":[\"nope\"]} | jobJarFileNames: no file 'nope'",
                "{\"executionPlanFileName\":\"p\",\"jobJarFileNames\":[null]} | jobJarFileNames: no file 'null'",
                "{\"executionPlanFileName\":\"p\",\"jobArtifactFileNames\":[{\"entryName\":\"e\",\"fileName\":\"nope\"}]} | jobArtifactFileNames: no file 'nope'",
                "{\"executionPlanFileName\":\"p\",\"jobArtifactFileNames\":[{\"fileName\":\"p\"}]} | entryName",
                "{\"executionPlanFileName\":\"p\",\"jobArtifactFileNames\":[null]} | entryName",
                "{\"executionPlanFileName\":\"p\",\"jobJarFileNames\":1} | field 'jobJarFileNames'",
                "{oops | line 1, column",
                "null | is null"
            })
    void aRequestThatMakesNoSenseIsRefused(String request, String line) throws Exception {
        assertThat(server.post("/jobs", request(request).file("p", plan())).refused(400))
                .contains(line);
        assertNothingIsLeft();
    }

    @Test
    void whatIsNoFormIsRefused() {
        assertThat(server.send("POST", "/jobs", "{\"executionPlanFileName\":\"p\"}").refused(400))
                .contains("multipart");
        assertThat(server.sendBytes("POST", "/jobs", null).refused(400)).contains("multipart");
        assertThat(server.post("/jobs", new Form()).refused(400))
                .contains("executionPlanFileName is missing");
        assertThat(server.post("/jobs", new Form().field("x", "y")).refused(400))
                .contains("Unknown form field 'x'");
    }

    @Test
    void whatIsNoPlanIsRefused() throws Exception {
        assertThat(submit("no plan".getBytes(UTF_8)).refused(400))
                .contains("The execution plan cannot be read: StreamCorruptedException");
        assertThat(submit(serialized("a text")).refused(400)).contains("ClassCastException");
        assertThat(submit(Arrays.copyOf(plan(), plan().length / 2)).refused(400))
                .contains("EOFException");
        assertThat(submit(new byte[0]).refused(400)).contains("EOFException");
        byte[] unknown =
                new String(serialized(new Mine()), ISO_8859_1)
                        .replace("JobSubmitTest$Mine", "JobSubmitTest$Gone")
                        .getBytes(ISO_8859_1);
        assertThat(submit(unknown).refused(400)).contains("ClassNotFoundException");
        assertNothingIsLeft();
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        assertThat(submit(new byte[LIMIT + 1]).refused(413))
                .contains(String.valueOf(LIMIT), "drey.jars.max-upload-size");
        Form many = request("{\"executionPlanFileName\":\"p\"}");
        for (int i = 0; i < LIMIT / 4096 + 2; i++) {
            many.file("empty" + i, new byte[0]);
        }
        assertThat(server.post("/jobs", many).refused(413)).contains("drey.jars.max-upload-size");
        assertThat(server.post("/jobs", request("{" + " ".repeat(500) + "}")).refused(413))
                .contains("rest.server.max-content-length");
        assertNothingIsLeft();
    }

    @Test
    void aPlanThatFitsInNoMessageToTheClusterIsRefused() throws Exception {
        try (ClusterRestEndpoint elsewhere = new ClusterRestEndpoint(TlsSettings.DEFAULT);
                TestServer attached =
                        cluster()
                                .jobManager(elsewhere)
                                .set(RpcOptions.FRAMESIZE, "40000b")
                                .start()) {
            Form small = request("{\"executionPlanFileName\":\"p\"}").file("p", plan());
            Form large =
                    request("{\"executionPlanFileName\":\"p\"}")
                            .file("p", Arrays.copyOf(plan(), 40_000));

            attached.post("/jobs", small).expect(202);
            assertThat(attached.post("/jobs", large).refused(413))
                    .contains("40000 bytes", "pekko.framesize");
            assertThat(attached.jars()).isEmptyDirectory();
            submit(Arrays.copyOf(plan(), 40_000)).expect(202);
        }
    }

    @Test
    void nothingIsSubmittedWhereItIsNotAllowed() throws Exception {
        try (TestServer closed = cluster().set(WebOptions.SUBMIT_ENABLE, false).start()) {
            Form form = request("{\"executionPlanFileName\":\"p\"}").file("p", plan());

            assertThat(closed.post("/jobs", form).refused(403)).contains("web.submit.enable");
            closed.get("/jobs").expect(200);
            assertThat(closed.jars()).isEmptyDirectory();
        }
        assertThat(submitted.get()).isNull();
    }

    @Test
    void aJobThatIsKnownIsRefused() throws Exception {
        acknowledgment =
                CompletableFuture.failedFuture(
                        new DuplicateApplicationSubmissionException(
                                ApplicationID.fromHexString(JOB.toHexString())));

        assertThat(submit(plan()).refused(409)).contains(JOB.toHexString());
        assertThat(server.jars()).isEmptyDirectory();
    }

    @Test
    void nothingIsLeftOfAJobThatTheClusterDoesNotTake() throws Exception {
        acknowledgment = CompletableFuture.failedFuture(new IllegalStateException("broken"));

        submit(plan()).refused(500);

        assertThat(server.jars()).isEmptyDirectory();
    }

    @Test
    void nothingIsLeftWhereTheBlobServerIsGone() throws Exception {
        blobServer.close();

        assertThat(
                        server.post(
                                        "/jobs",
                                        request(
                                                        "{\"executionPlanFileName\":\"p\",\"jobJarFileNames\":[\"p\"]}")
                                                .file("p", plan()))
                                .refused(500))
                .contains("blob server");
        assertNothingIsLeft();
    }

    @Test
    void nothingIsLeftOfAClientThatHangsUp() {
        try (TestServer.Connection connection = server.connect()) {
            connection.send(
                    "POST /jobs HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: 9000\r\n\r\n"
                            .formatted(server.authority(), Form.TYPE));
            connection.send(new Form().file("p", new byte[4000]).unfinished());
            await(() -> !isEmpty(server.jars()));
        }

        await(() -> isEmpty(server.jars()));
    }

    @Test
    void theListOfJobsIsWhatItWas() {
        server.sendBytes("GET", "/jobs", "{}".getBytes(UTF_8)).expect(200);
        assertThat(server.sendBytes("GET", "/jobs", new byte[501]).refused(413))
                .contains("rest.server.max-content-length");
    }

    private TestServer.Answer submit(byte[] plan) {
        return server.post("/jobs", request("{\"executionPlanFileName\":\"p\"}").file("p", plan));
    }

    private void assertNothingIsLeft() {
        assertThat(submitted.get()).isNull();
        assertThat(server.jars()).isEmptyDirectory();
    }

    private static Form request(String json) {
        return new Form().field("request", json);
    }

    private static byte[] plan() throws IOException {
        JobGraph graph = JobGraphBuilder.newStreamingJobGraphBuilder().setJobId(JOB).build();
        graph.addUserArtifact("table", new DistributedCacheEntry("/gone/t.csv", false));
        return serialized(graph);
    }

    private static byte[] serialized(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object deserialized(byte[] bytes) throws Exception {
        return InstantiationUtil.deserializeObject(bytes, JobSubmitTest.class.getClassLoader());
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TestServer.PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** As a class that the server does not know. */
    private static final class Mine implements Serializable {
        private static final long serialVersionUID = 1L;
    }
}
