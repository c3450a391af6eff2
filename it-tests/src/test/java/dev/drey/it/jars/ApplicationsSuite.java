package dev.drey.it.jars;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.FailingMain;
import dev.drey.it.example.SummingJob;
import dev.drey.model.ApplicationId;
import dev.drey.model.JobId;
import dev.drey.model.applications.ApplicationDetailsInfo;
import dev.drey.model.applications.ApplicationState;
import dev.drey.model.jars.JarRunApplicationRequestBody;
import dev.drey.model.jobs.JobDetails;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs whose main methods the JobManager calls. */
abstract class ApplicationsSuite {

    private static final Set<ApplicationState> ENDS =
            EnumSet.of(
                    ApplicationState.FINISHED, ApplicationState.FAILED, ApplicationState.CANCELED);

    private final FlinkMonitoringClient flink;
    private ExampleJobs examples;

    ApplicationsSuite(Cluster cluster) {
        flink = cluster.client();
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
    void applicationRunsUnderTheIdsThatItWasGiven() throws Exception {
        ApplicationId application = new ApplicationId(anyId());
        JobId job = new JobId(anyId());

        assertThat(
                        run(
                                JarRunApplicationRequestBody.builder()
                                        .entryClassName(SummingJob.class.getName())
                                        .programArguments("10")
                                        .parallelism(2)
                                        .jobId(job)
                                        .applicationId(application)
                                        .build()))
                .isEqualTo(application);

        ApplicationDetailsInfo end = endOf(application);
        assertThat(end.status()).isEqualTo(ApplicationState.FINISHED);
        assertThat(end.applicationName()).isEqualTo(SummingJob.class.getName());
        assertThat(end.jobs()).extracting(JobDetails::jobId).containsExactly(job);
        assertThat(answer(flink.jobs().configuration(job)).executionConfigInfo().parallelism())
                .isEqualTo(2);
        assertThat(answer(flink.jobs().accumulators(job, false)).userAccumulators())
                .singleElement()
                .satisfies(sum -> assertThat(sum.value()).isEqualTo("55"));
    }

    @Test
    void applicationsOfOneJarAreApart() throws Exception {
        ApplicationId first = run(summing());
        ApplicationId second = run(summing());

        assertThat(second).isNotEqualTo(first);
        assertThat(endOf(first).status()).isEqualTo(ApplicationState.FINISHED);
        assertThat(endOf(second).status()).isEqualTo(ApplicationState.FINISHED);
    }

    @Test
    void failureOfMainIsTheApplications() throws Exception {
        ApplicationId application =
                run(
                        JarRunApplicationRequestBody.builder()
                                .entryClassName(FailingMain.class.getName())
                                .build());

        assertThat(endOf(application).status()).isEqualTo(ApplicationState.FAILED);
        assertThat(
                        answer(flink.applications().exceptions(application))
                                .exceptionHistory()
                                .entries())
                .anySatisfy(
                        entry -> assertThat(entry.stacktrace()).contains(FailingMain.COMPLAINT));
    }

    private ApplicationId run(JarRunApplicationRequestBody request) {
        return answer(flink.jars().runApplication(examples.jar(), request)).applicationId();
    }

    private ApplicationDetailsInfo endOf(ApplicationId application) throws Exception {
        return Await.until(
                "application %s ends".formatted(application),
                () ->
                        Optional.of(answer(flink.applications().details(application)))
                                .filter(details -> ENDS.contains(details.status())));
    }

    private static JarRunApplicationRequestBody summing() {
        return JarRunApplicationRequestBody.builder()
                .entryClassName(SummingJob.class.getName())
                .programArguments("10")
                .build();
    }

    private static String anyId() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
