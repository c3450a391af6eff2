package dev.drey.server.jars;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.client.transport.TlsSettings;
import dev.drey.server.TestServer;
import dev.drey.server.TestServer.Form;
import dev.drey.server.jobmanager.ClusterRestEndpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.ApplicationID;
import org.apache.flink.client.deployment.application.PackagedProgramApplication;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.application.AbstractApplication;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.blob.VoidBlobStore;
import org.apache.flink.runtime.client.DuplicateApplicationSubmissionException;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.messages.webmonitor.ApplicationDetails;
import org.apache.flink.runtime.messages.webmonitor.MultipleApplicationsDetails;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunApplicationTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String JOB = "fedcba9876543210fedcba9876543210";

    private final AtomicReference<AbstractApplication> submitted = new AtomicReference<>();
    private List<ApplicationDetails> known = List.of();
    private CompletableFuture<Acknowledge> acknowledgment =
            CompletableFuture.completedFuture(Acknowledge.get());

    @AutoClose
    private final TestServer server =
            TestServer.cluster()
                    .set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true)
                    .dispatcher(this::dispatcher)
                    .start();

    private TestingDispatcherGateway.Builder dispatcher(TestingDispatcherGateway.Builder gateway) {
        return gateway.setHostname("127.0.0.1")
                .setRequestMultipleApplicationDetailsSupplier(
                        () ->
                                CompletableFuture.completedFuture(
                                        new MultipleApplicationsDetails(known)))
                .setSubmitApplicationFunction(
                        application -> {
                            submitted.set(application);
                            return acknowledgment;
                        });
    }

    @Test
    void whatIsAskedForReachesTheCluster() {
        JsonNode answer =
                run(
                                server,
                                "?programArg=no",
                                """
                                {"programArgsList": ["a", "b"], "parallelism": 3, "jobId": "%s",
                                 "savepointPath": "file:/s", "allowNonRestoredState": false,
                                 "claimMode": "CLAIM", "applicationId": "%s",
                                 "flinkConfiguration": {"execution.attached": "true"}}
                                """
                                        .formatted(JOB, ID))
                        .expect(202)
                        .json();

        assertThat(answer.toString()).isEqualTo("{\"applicationid\":\"" + ID + "\"}");
        assertThat(submitted.get().getApplicationId().toHexString()).isEqualTo(ID);
        assertThat(submitted.get().getName()).isEqualTo(Program.class.getName());
        Configuration configuration = configuration();
        assertThat(configuration.get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(3);
        assertThat(configuration.get(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID)).isEqualTo(JOB);
        assertThat(configuration.get(StateRecoveryOptions.SAVEPOINT_PATH)).isEqualTo("file:/s");
        assertThat(configuration.get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE))
                .isFalse();
        assertThat(configuration.get(StateRecoveryOptions.RESTORE_MODE)).hasToString("CLAIM");
        assertThat(configuration.get(DeploymentOptions.ATTACHED)).isTrue();
        assertThat(((PackagedProgramApplication) submitted.get()).getPackagedProgram())
                .satisfies(program -> assertThat(program.getArguments()).containsExactly("a", "b"));
    }

    @Test
    void theQueryAndTheClusterCountWhereTheBodyIsSilent() {
        run(server, "?programArg=a,b&parallelism=2&savepointPath=file:/q", "").expect(202);

        assertThat(configuration().get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(2);
        assertThat(configuration().get(StateRecoveryOptions.SAVEPOINT_PATH)).isEqualTo("file:/q");
        assertThat(configuration().get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE))
                .isTrue();
        assertThat(configuration().contains(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID))
                .isFalse();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(run(server, "", "{\"entryClass\":\"no.such.Class\"}").refused(400))
                .contains("no.such.Class");
        run(server, "", "{\"applicationId\":\"x\"}").refused(400);
        server.send("POST", "/jars/x.jar/run-application", "{}").refused(404);
        assertThat(submitted.get()).isNull();
    }

    /** It is the application that fails of it. */
    @Test
    void aParallelismThatIsNoneIsTakenAsInFlink() {
        run(server, "?parallelism=0", "{}").expect(202);

        assertThat(configuration().get(CoreOptions.DEFAULT_PARALLELISM)).isZero();
    }

    @Test
    void anApplicationThatIsKnownIsRefusedAsInFlink() {
        acknowledgment =
                CompletableFuture.failedFuture(
                        new DuplicateApplicationSubmissionException(
                                ApplicationID.fromHexString(ID)));

        assertThat(run(server, "", "{\"applicationId\":\"" + ID + "\"}").refused(400)).contains(ID);
    }

    @Test
    void underAKeyItHasAnIdOfTheKeyAndIsNotRunWhereThatIsKnown() {
        String key = "Idempotency-Key: once";
        String first = run(server, "", "{}", key).expect(202).body();
        known = List.of(details(submitted.getAndSet(null).getApplicationId()));
        try (TestServer other = TestServer.cluster().dispatcher(this::dispatcher).start()) {
            assertThat(run(other, "", "{}", key).expect(202).body()).isEqualTo(first);
            assertThat(submitted.get()).isNull();
            assertThat(run(other, "", "{}", "Idempotency-Key: again").expect(202).body())
                    .isNotEqualTo(first);
            assertThat(submitted.get()).isNotNull();
        }
    }

    @Test
    void aClusterThatDoesNotAnswerIsNotTheCallersFault() {
        acknowledgment = CompletableFuture.failedFuture(new TimeoutException("too slow"));

        assertThat(run(server, "", "{}").refused(504)).contains("too slow");
    }

    @Test
    void anotherJobManagerCouldGoOnWithIt(@TempDir Path blobs) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        try (BlobServer blobServer =
                new BlobServer(configuration, blobs.toFile(), new VoidBlobStore())) {
            blobServer.start();
            try (TestServer highlyAvailable =
                    TestServer.cluster()
                            .set(HighAvailabilityOptions.HA_MODE, "zookeeper")
                            .dispatcher(
                                    gateway ->
                                            dispatcher(gateway)
                                                    .setBlobServerPort(blobServer.getPort()))
                            .start()) {
                run(highlyAvailable, "", "{\"applicationId\":\"" + ID + "\"}").expect(202);
            }
        }

        assertThat(configuration().get(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID))
                .isEqualTo(ID);
        assertThat(submitted.get().getApplicationStoreEntry()).isPresent();
    }

    @Test
    void aJobManagerOutOfReachRunsNone() {
        try (ClusterRestEndpoint nowhere =
                        new ClusterRestEndpoint("http://127.0.0.1:1", TlsSettings.DEFAULT);
                TestServer attached = TestServer.cluster().jobManager(nowhere).start()) {
            assertThat(run(attached, "", "{}").refused(501)).contains("jobmanager mode");
            run(attached, "", "{\"entryClass\":\"no.such.Class\"}").refused(400);
        }
    }

    @Test
    void nothingIsRunWhereItIsNotAllowed() {
        try (TestServer closed =
                TestServer.cluster().set(WebOptions.SUBMIT_ENABLE, false).start()) {
            closed.send("POST", "/jars/x.jar/run-application", "{}").refused(404);
        }
    }

    private Configuration configuration() {
        return ((PackagedProgramApplication) submitted.get()).getConfiguration();
    }

    private static ApplicationDetails details(ApplicationID id) {
        return new ApplicationDetails(id, "program", 1, 2, 1, "FINISHED", Map.of());
    }

    private static TestServer.Answer run(
            TestServer server, String query, String body, String... headers) {
        JsonNode upload =
                server.upload(new Form().file("job.jar", Jars.withMainClass(Program.class)))
                        .expect(200)
                        .json();
        Path file = Path.of(upload.get("filename").textValue());
        return server.send(
                "POST", "/jars/" + file.getFileName() + "/run-application" + query, body, headers);
    }

    /** Nobody calls it here. */
    public static final class Program {
        public static void main(String[] arguments) {}
    }
}
