package dev.drey.it.jars;

import static dev.drey.it.cluster.Await.answer;
import static dev.drey.it.cluster.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.error.FlinkRestException;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.cluster.JavaProcess;
import dev.drey.it.example.CountingJob;
import dev.drey.it.example.EmptyMain;
import dev.drey.it.example.ExitingMain;
import dev.drey.it.example.FailingMain;
import dev.drey.it.example.ShortJob;
import dev.drey.model.JobId;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs run in the server's own virtual machine, and must not harm it. */
@ExtendWith(Clusters.class)
class DreyProgramIT {

    private static final int RUNS = 50;
    private static final int FAILING_RUNS = 5;
    private static final Set<String> USER_CODE_CLASS_LOADERS =
            Set.of(
                    "org.apache.flink.util.ChildFirstClassLoader",
                    "org.apache.flink.util.FlinkUserCodeClassLoaders$ParentFirstClassLoader",
                    "org.apache.flink.util.FlinkUserCodeClassLoaders$SafetyNetWrapperClassLoader");

    private final FlinkMonitoringClient flink;
    private final JavaProcess server;
    private ExampleJobs examples;

    DreyProgramIT(DreyCluster cluster) {
        flink = cluster.client();
        server = cluster.virtualMachine();
    }

    @BeforeEach
    void upload() {
        examples = ExampleJobs.upload(flink);
    }

    @AfterEach
    void cleanUp() throws Exception {
        try (flink) {
            examples.close();
        }
    }

    @Test
    void exitInMainIsRefusedAndTheServerGoesOn() throws Exception {
        requireRefusal(ExitingMain.class, "System.exit(" + ExitingMain.STATUS + ")");

        assertThat(answer(flink.cluster().overview()).taskManagers()).isEqualTo(1);
        Await.job(flink, examples.start(ShortJob.class)).isFinished();
    }

    @Test
    void failureOfMainIsToldToTheCaller() {
        requireRefusal(FailingMain.class, FailingMain.COMPLAINT);
    }

    @Test
    void mainWithoutAJobIsRefused() {
        requireRefusal(EmptyMain.class, "without submitting a job");
    }

    @Test
    void classesOfEndedProgramsAreUnloaded() throws Exception {
        // A thread of Flink's pools keeps that of the application that ran when it was started.
        long before = loaded();
        JobId running = examples.start(CountingJob.class);
        Await.job(flink, running).isRunning();
        assertThat(loaded()).as("class loaders while a job runs").isPositive();

        for (int i = 0; i < RUNS; i++) {
            Await.job(flink, examples.start(ShortJob.class)).isFinished();
        }
        for (int i = 0; i < FAILING_RUNS; i++) {
            requireRefusal(EmptyMain.class, "without submitting a job");
            requireRefusal(FailingMain.class, FailingMain.COMPLAINT);
            requireRefusal(ExitingMain.class, "System.exit");
        }
        answer(flink.jobs().cancel(running));
        Await.job(flink, running).isCanceled();

        Await.untilTrue("no class loader of these programs is left", () -> loaded() <= before);
    }

    private long loaded() throws Exception {
        return server.reachableInstances(USER_CODE_CLASS_LOADERS);
    }

    private void requireRefusal(Class<?> program, String reason) {
        failure(examples.run(program))
                .isInstanceOfSatisfying(
                        FlinkRestException.class,
                        refusal -> {
                            assertThat(refusal.status()).isEqualTo(400);
                            assertThat(refusal.errors())
                                    .singleElement()
                                    .asString()
                                    .contains(reason)
                                    .doesNotContain("\n");
                        });
    }
}
