package dev.drey.server.jars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.transport.TlsSettings;
import dev.drey.server.TestServer;
import dev.drey.server.TestServer.Form;
import dev.drey.server.jobmanager.ClusterRestEndpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.runtime.application.AbstractApplication;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.blob.VoidBlobStore;
import org.apache.flink.runtime.client.DuplicateApplicationSubmissionException;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose jobs a cluster takes. */
class RunUnderKeyTest {

    private static final String KEY = "Idempotency-Key: once";

    private final List<String> known = new ArrayList<>();
    private final List<String> submitted = new ArrayList<>();
    private boolean isAsked = true;
    private BlobServer blobs;

    @BeforeEach
    void startBlobServer(@TempDir Path folder) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        blobs = new BlobServer(configuration, folder.toFile(), new VoidBlobStore());
        blobs.start();
        TwoJobs.RUNS.set(0);
    }

    @AfterEach
    void stopBlobServer() throws Exception {
        blobs.close();
    }

    @Test
    void eachJobOfAProgramHasAnIdOfItsOwn() {
        try (TestServer server = cluster().start()) {
            assertThat(run(server, KEY)).isEqualTo(submitted.get(0));
        }
        assertThat(submitted).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void theJobsOfAKeyHaveTheSameIdsWhereverTheyAreSubmitted() {
        try (TestServer first = cluster().start();
                TestServer second = cluster().start()) {
            run(first, KEY);
            known.clear();
            run(second, KEY);
        }

        assertThat(submitted.subList(2, 4)).isEqualTo(submitted.subList(0, 2));
    }

    @Test
    void mainIsNotCalledAgainWhereItsJobIsKnown() {
        try (TestServer first = cluster().start();
                TestServer second = cluster().start()) {
            String job = run(first, KEY);

            assertThat(run(second, KEY)).isEqualTo(job);
            assertThat(TwoJobs.RUNS).hasValue(1);
            assertThat(run(second, "Idempotency-Key: twice")).isNotEqualTo(job);
        }
    }

    @Test
    void whoComesSecondIsAnsweredTheJobOfWhoCameFirst() {
        try (TestServer first = cluster().start();
                TestServer second = cluster().start()) {
            String job = run(first, KEY);
            isAsked = false;

            assertThat(run(second, KEY)).isEqualTo(job);
            assertThat(submitted).hasSize(2);
        }
    }

    @Test
    void withoutAKeyEveryRunIsAnother() {
        try (TestServer server = cluster().start()) {
            assertThat(run(server)).isNotEqualTo(run(server));
        }
        assertThat(submitted).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void aJobThatFitsInNoMessageToTheClusterIsRefused() {
        try (ClusterRestEndpoint elsewhere = new ClusterRestEndpoint(TlsSettings.DEFAULT);
                TestServer attached =
                        cluster()
                                .jobManager(elsewhere)
                                .set(RpcOptions.FRAMESIZE, "100000b")
                                .start();
                TestServer here = cluster().set(RpcOptions.FRAMESIZE, "100000b").start()) {
            String large = "{\"programArgsList\":[\"100000\"]}";

            assertThat(answer(attached, large).refused(413))
                    .contains("100000 bytes", "pekko.framesize");
            assertThat(submitted).isEmpty();
            answer(attached, "{}").expect(200);
            answer(here, large).expect(200);
        }
    }

    private TestServer.Builder cluster() {
        return TestServer.cluster().dispatcher(this::dispatcher);
    }

    private TestingDispatcherGateway.Builder dispatcher(TestingDispatcherGateway.Builder gateway) {
        return gateway.setBlobServerPort(blobs.getPort())
                .setRequestJobStatusFunction(
                        job ->
                                isAsked && known.contains(job.toHexString())
                                        ? CompletableFuture.completedFuture(JobStatus.FINISHED)
                                        : CompletableFuture.failedFuture(
                                                new FlinkJobNotFoundException(job)))
                .setSubmitApplicationFunction(this::submit);
    }

    private CompletableFuture<Acknowledge> submit(AbstractApplication application) {
        String id = application.getApplicationId().toHexString();
        if (known.contains(id)) {
            return CompletableFuture.failedFuture(
                    new DuplicateApplicationSubmissionException(application.getApplicationId()));
        }
        known.add(id);
        submitted.add(id);
        return CompletableFuture.completedFuture(Acknowledge.get());
    }

    private static String run(TestServer server, String... headers) {
        return answer(server, "{}", headers).expect(200).json().get("jobid").textValue();
    }

    private static TestServer.Answer answer(TestServer server, String json, String... headers) {
        Path file =
                Path.of(
                        server.upload(new Form().file("job.jar", Jars.withMainClass(TwoJobs.class)))
                                .expect(200)
                                .json()
                                .get("filename")
                                .textValue());
        return server.send("POST", "/jars/" + file.getFileName() + "/run", json, headers);
    }

    /** Submits two, each in an environment of its own. */
    public static final class TwoJobs {

        static final AtomicInteger RUNS = new AtomicInteger();

        /**
         * Submits them.
         *
         * @param arguments how many bytes each of them is to hold
         */
        public static void main(String[] arguments) throws Exception {
            RUNS.incrementAndGet();
            byte[] ballast = new byte[arguments.length == 0 ? 0 : Integer.parseInt(arguments[0])];
            for (int job = 0; job < 2; job++) {
                StreamExecutionEnvironment environment =
                        StreamExecutionEnvironment.getExecutionEnvironment();
                environment.fromSequence(1, 2).filter(number -> number > ballast.length).print();
                environment.execute();
            }
        }
    }
}
