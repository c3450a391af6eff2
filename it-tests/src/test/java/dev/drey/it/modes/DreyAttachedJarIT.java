package dev.drey.it.modes;

import static dev.drey.it.cluster.Await.answer;
import static dev.drey.it.cluster.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.error.FlinkRestException;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyProcess;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.GatedMain;
import dev.drey.it.example.SeveralJobs;
import dev.drey.it.http.HttpCalls;
import dev.drey.model.ApplicationId;
import dev.drey.model.JarId;
import dev.drey.model.JobId;
import dev.drey.model.applications.ApplicationState;
import dev.drey.model.jars.JarListInfo.JarFileInfo;
import dev.drey.model.jars.JarRunApplicationRequestBody;
import dev.drey.model.jars.JarRunRequestBody;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files that the server has and the JobManager's process has not. */
@ExtendWith(Clusters.class)
class DreyAttachedJarIT {

    /** More than a message has by default. */
    private static final String TOO_MANY_BYTES = "11000000";

    private final AttachedDrey drey;

    DreyAttachedJarIT(AttachedDrey drey) {
        this.drey = drey;
    }

    @Test
    void applicationNeedsNoFileOfTheServer(@TempDir Path folder) throws Exception {
        Path gate = folder.resolve("gate");
        try (FlinkMonitoringClient flink = drey.client();
                FlinkMonitoringClient cluster = drey.cluster().client()) {
            JarId jar = answer(flink.jars().upload(Artifacts.jobJar())).jarId();
            Path stored = drey.uploadFolder().resolve(jar.value());
            ApplicationId application =
                    answer(
                                    flink.jars()
                                            .runApplication(
                                                    jar,
                                                    JarRunApplicationRequestBody.builder()
                                                            .entryClassName(
                                                                    GatedMain.class.getName())
                                                            .programArguments(gate.toString())
                                                            .build()))
                            .applicationId();

            // Its jar is read again when main submits the job, which it cannot before this.
            Path away = Files.move(stored, folder.resolve("away.jar"));
            Files.createFile(gate);

            Await.untilTrue(
                    "the application ends",
                    () -> answer(flink.applications().details(application)).endTime() >= 0);
            assertThat(answer(flink.applications().details(application)).status())
                    .isEqualTo(ApplicationState.FINISHED);
            assertThat(copies(cluster, jar)).hasSize(1);

            Files.move(away, stored);
            answer(flink.jars().delete(jar));
            Await.untilTrue("the copy is deleted", () -> copies(cluster, jar).isEmpty());
        }
    }

    @Test
    void aProgramThatRanUnderAKeyIsNotRunAgainByAnotherServer(@TempDir Path folder)
            throws Exception {
        Path calls = folder.resolve("calls");
        String body =
                "{\"entryClass\":\"%s\",\"programArgsList\":[\"%s\"]}"
                        .formatted(SeveralJobs.class.getName(), calls);
        String key = UUID.randomUUID().toString();
        try (DreyProcess other =
                DreyProcess.start(
                        "drey-attached-too",
                        drey.cluster().attachArguments().toArray(String[]::new))) {
            URI there = other.awaitReady();
            HttpCalls elsewhere = new HttpCalls(there);
            Await.untilTrue(
                    "the other server is connected",
                    () -> elsewhere.get("/health/ready").statusCode() == 200);
            try (FlinkMonitoringClient flink = drey.client();
                    FlinkMonitoringClient others =
                            FlinkMonitoringClient.builder().endpoint(there.toString()).build();
                    ExampleJobs examples = ExampleJobs.upload(flink);
                    ExampleJobs same = ExampleJobs.upload(others)) {
                HttpCalls here = new HttpCalls(drey.uri());

                JsonNode ran = answerTo(here, examples, "run", body, key);
                Await.job(flink, new JobId(ran.get("jobid").textValue())).isFinished();
                assertThat(answerTo(elsewhere, same, "run", body, key)).isEqualTo(ran);
                assertThat(calls).content().hasLineCount(1);

                JsonNode submitted = answerTo(here, examples, "run-application", body, key);
                assertThat(answerTo(elsewhere, same, "run-application", body, key))
                        .isEqualTo(submitted);
                Await.untilTrue(
                        "the application ends",
                        () ->
                                answer(
                                                        flink.applications()
                                                                .details(
                                                                        new ApplicationId(
                                                                                submitted
                                                                                        .get(
                                                                                                "applicationid")
                                                                                        .textValue())))
                                                .endTime()
                                        >= 0);
                assertThat(calls).content().hasLineCount(2);
            }
            other.terminate();
        }
    }

    @Test
    void aJobThatIsTooLargeForAMessageIsRefusedAtOnce(@TempDir Path folder) throws Exception {
        try (FlinkMonitoringClient flink = drey.client();
                ExampleJobs examples = ExampleJobs.upload(flink)) {
            failure(
                            flink.jars()
                                    .run(
                                            examples.jar(),
                                            JarRunRequestBody.builder()
                                                    .entryClassName(SeveralJobs.class.getName())
                                                    .programArguments(
                                                            folder.resolve("calls").toString(),
                                                            TOO_MANY_BYTES)
                                                    .build()))
                    .isInstanceOfSatisfying(
                            FlinkRestException.class,
                            refusal -> {
                                assertThat(refusal.status()).isEqualTo(413);
                                assertThat(refusal.errors())
                                        .singleElement()
                                        .asString()
                                        .contains("pekko.framesize");
                            });
        }
    }

    private static JsonNode answerTo(
            HttpCalls server, ExampleJobs examples, String how, String body, String key)
            throws Exception {
        HttpResponse<String> answer =
                server.send(
                        "POST",
                        "/jars/%s/%s".formatted(examples.jar(), how),
                        BodyPublishers.ofString(body),
                        "Idempotency-Key",
                        key);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        return new JsonMapper().readTree(answer.body());
    }

    private static List<JarFileInfo> copies(FlinkMonitoringClient cluster, JarId jar) {
        return answer(cluster.jars().list()).jarFileList().stream()
                .filter(file -> file.name().equals(jar.value()))
                .toList();
    }
}
