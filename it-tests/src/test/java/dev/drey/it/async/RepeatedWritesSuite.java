package dev.drey.it.async;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.cluster.FlinkCommandLine;
import dev.drey.it.example.CountingJob;
import dev.drey.it.example.SeveralJobs;
import dev.drey.it.example.ShortJob;
import dev.drey.it.http.HttpCalls;
import dev.drey.model.ApplicationId;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.applications.ApplicationDetails;
import dev.drey.model.applications.ApplicationState;
import dev.drey.model.async.OperationDetails;
import dev.drey.model.jars.JarListInfo.JarFileInfo;
import dev.drey.model.jobs.JobIdsWithStatusOverview.JobIdWithStatus;
import dev.drey.model.profiler.ProfilingInfo.ProfilingStatus;
import dev.drey.model.savepoints.SavepointInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of write, sent twenty times at once under one key. */
abstract class RepeatedWritesSuite {

    private static final int AT_ONCE = 20;
    private static final String FORM = "multipart/form-data; boundary=once";
    private static final JsonMapper JSON = new JsonMapper();

    private final FlinkMonitoringClient flink;
    private final HttpCalls http;
    private final ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
    private final String key = UUID.randomUUID().toString();
    private final Cluster cluster;
    private ExampleJobs examples;

    RepeatedWritesSuite(Cluster cluster) {
        this.cluster = cluster;
        flink = cluster.client();
        http = new HttpCalls(cluster.uri());
    }

    @BeforeEach
    void upload() {
        examples = ExampleJobs.upload(flink);
    }

    @AfterEach
    void cleanUp() throws Exception {
        clients.shutdownNow();
        try (flink) {
            examples.close();
        }
    }

    @Test
    void oneSavepointLiesOnDisk(@TempDir Path folder) throws Exception {
        JobId job = running();

        TriggerId trigger =
                trigger("POST", "/jobs/" + job + "/savepoints", "target-directory", folder);

        SavepointInfo savepoint = answer(flink.savepoints().resume(job, trigger).result());
        assertThat(folders(folder)).singleElement().asString().endsWith(lastPart(savepoint));
        assertThat(operations(job)).containsExactly(trigger);
    }

    @Test
    void oneStopStopsTheJob(@TempDir Path folder) throws Exception {
        JobId job = running();

        TriggerId trigger = trigger("POST", "/jobs/" + job + "/stop", "targetDirectory", folder);

        SavepointInfo savepoint = answer(flink.savepoints().resume(job, trigger).result());
        Await.job(flink, job).isFinished();
        assertThat(folders(folder)).singleElement().asString().endsWith(lastPart(savepoint));
        assertThat(operations(job)).containsExactly(trigger);
    }

    @Test
    void aKeyOfASavepointStopsTheJobAllTheSame(@TempDir Path folder) throws Exception {
        JobId job = running();

        TriggerId savepoint =
                trigger("POST", "/jobs/" + job + "/savepoints", "target-directory", folder);
        answer(flink.savepoints().resume(job, savepoint).result());
        TriggerId stop = trigger("POST", "/jobs/" + job + "/stop", "targetDirectory", folder);
        answer(flink.savepoints().resume(job, stop).result());

        Await.job(flink, job).isFinished();
        assertThat(stop).isNotEqualTo(savepoint);
        assertThat(folders(folder)).hasSize(2);
    }

    @Test
    void oneCheckpointIsTaken() throws Exception {
        JobId job = running();

        TriggerId trigger =
                trigger(
                        "POST",
                        "/jobs/" + job + "/checkpoints",
                        BodyPublishers.ofString("{\"checkpointType\":\"FULL\"}"));

        assertThat(answer(flink.checkpoints().resume(job, trigger).result()).checkpointId())
                .isPositive();
        assertThat(operations(job)).containsExactly(trigger);
    }

    /** A second disposal would not find it. */
    @Test
    void oneDisposalDisposesOfASavepoint(@TempDir Path folder) throws Exception {
        JobId job = running();
        TriggerId savepoint =
                trigger("POST", "/jobs/" + job + "/savepoints", "target-directory", folder);
        String location = answer(flink.savepoints().resume(job, savepoint).result()).location();

        TriggerId trigger =
                trigger(
                        "POST",
                        "/savepoint-disposal",
                        BodyPublishers.ofString("{\"savepoint-path\":\"%s\"}".formatted(location)));

        answer(flink.savepoints().resumeDisposal(trigger).result());
        assertThat(folders(folder)).isEmpty();
    }

    @Test
    void oneDeletionDeletesADataSet() throws Exception {
        TriggerId trigger =
                trigger("DELETE", "/datasets/" + TriggerId.random(), BodyPublishers.noBody());

        answer(flink.dataSets().resumeDeletion(trigger).result());
    }

    @Test
    void oneProgramRuns() throws Exception {
        Set<JobId> before = jobs();

        JobId job =
                JobId.fromString(
                        sameAnswer(
                                        200,
                                        "POST",
                                        "/jars/%s/run?entry-class=%s"
                                                .formatted(
                                                        examples.jar(),
                                                        CountingJob.class.getName()),
                                        BodyPublishers.noBody())
                                .get("jobid")
                                .textValue());

        Await.job(flink, job).isRunning();
        Set<JobId> started = jobs();
        started.removeAll(before);
        assertThat(started).containsExactly(job);
    }

    /** Each of them has an environment of its own, which knows nothing of the other's job. */
    @Test
    void everyJobOfAProgramRunsOnce(@TempDir Path folder) throws Exception {
        Path calls = folder.resolve("calls");
        Set<JobId> before = jobs();

        JobId first =
                JobId.fromString(
                        sameAnswer(
                                        200,
                                        "POST",
                                        "/jars/%s/run".formatted(examples.jar()),
                                        BodyPublishers.ofString(
                                                "{\"entryClass\":\"%s\",\"programArgsList\":[\"%s\"]}"
                                                        .formatted(
                                                                SeveralJobs.class.getName(),
                                                                calls)))
                                .get("jobid")
                                .textValue());

        assertThat(calls).content().hasLineCount(1);
        Set<JobId> started = jobs();
        started.removeAll(before);
        assertThat(started).hasSize(SeveralJobs.JOBS).contains(first);
        for (JobId job : started) {
            Await.job(flink, job).isFinished();
        }
    }

    @Test
    void oneApplicationRuns() throws Exception {
        Set<ApplicationId> before = applications();

        ApplicationId application =
                ApplicationId.fromString(
                        sameAnswer(
                                        202,
                                        "POST",
                                        "/jars/%s/run-application?entry-class=%s"
                                                .formatted(
                                                        examples.jar(), ShortJob.class.getName()),
                                        BodyPublishers.noBody())
                                .get("applicationid")
                                .textValue());

        Set<ApplicationId> started = applications();
        started.removeAll(before);
        assertThat(started).containsExactly(application);
        Await.untilTrue(
                "application %s has finished".formatted(application),
                () ->
                        answer(flink.applications().details(application)).status()
                                == ApplicationState.FINISHED);
    }

    @Test
    void oneJobIsSubmitted(@TempDir Path folder) throws Exception {
        Path plan = folder.resolve("plan");
        FlinkCommandLine.of(cluster, "plan-of-a-job")
                .program(
                        PlanProgram.class,
                        ownClasses(),
                        Artifacts.jobJar().toString(),
                        CountingJob.class.getName(),
                        plan.toString())
                .succeeded();
        Set<JobId> before = jobs();

        String url =
                sameAnswer(
                                202,
                                "POST",
                                "/jobs",
                                BodyPublishers.ofByteArray(submission(plan)),
                                "Content-Type",
                                FORM)
                        .get("jobUrl")
                        .textValue();

        Set<JobId> started = jobs();
        started.removeAll(before);
        assertThat(started).singleElement().hasToString(url.substring("/jobs/".length()));
        Await.job(flink, started.iterator().next()).isRunning();
    }

    @Test
    void oneJarIsStored() throws Exception {
        List<JarFileInfo> before = answer(flink.jars().list()).jarFileList();
        byte[] form = form(file("jarfile", "once.jar", Artifacts.jobJar()));

        String stored =
                sameAnswer(
                                200,
                                "POST",
                                "/jars/upload",
                                BodyPublishers.ofByteArray(form),
                                "Content-Type",
                                FORM)
                        .get("filename")
                        .textValue();

        List<JarFileInfo> after = new ArrayList<>(answer(flink.jars().list()).jarFileList());
        after.removeIf(jar -> before.stream().anyMatch(old -> old.id().equals(jar.id())));
        assertThat(after).hasSize(1);
        assertThat(stored).endsWith(after.get(0).id().value());
        answer(flink.jars().delete(after.get(0).id()));
    }

    @Test
    void aJobIsCancelledOnce() throws Exception {
        JobId job = running();

        sameAnswer(202, "PATCH", "/jobs/" + job, BodyPublishers.noBody());
        Await.job(flink, job).isCanceled();

        sameAnswer(202, "PATCH", "/jobs/" + job, BodyPublishers.noBody());
    }

    /** A second one would be refused while the first is taken. */
    @Test
    void oneProfileIsTaken() throws Exception {
        long triggered =
                sameAnswer(
                                200,
                                "POST",
                                "/jobmanager/profiler",
                                BodyPublishers.ofString("{\"mode\":\"ITIMER\",\"duration\":1}"))
                        .get("triggerTime")
                        .longValue();

        Await.untilTrue(
                "the profile has ended",
                () ->
                        answer(flink.profiler().ofJobManager()).profilingInfos().stream()
                                .filter(profile -> profile.triggerTime() == triggered)
                                .allMatch(profile -> profile.status() == ProfilingStatus.FINISHED));
        assertThat(answer(flink.profiler().ofJobManager()).profilingInfos())
                .filteredOn(profile -> profile.triggerTime() >= triggered)
                .hasSize(1);
    }

    /** It is no operation, however often it is asked for. */
    @Test
    void aRescalingThatIsRefusedIsRefusedAlike() throws Exception {
        JobId job = running();

        String refusal =
                sameAnswer(
                                409,
                                "PATCH",
                                "/jobs/" + job + "/rescaling?parallelism=2",
                                BodyPublishers.noBody())
                        .toString();

        assertThat(refusal).contains("jobmanager.scheduler");
        assertThat(operations(job)).isEmpty();
    }

    private JobId running() throws Exception {
        JobId job = examples.start(CountingJob.class);
        Await.job(flink, job).isRunning();
        return job;
    }

    private TriggerId trigger(String method, String path, String field, Path folder)
            throws Exception {
        return trigger(
                method,
                path,
                BodyPublishers.ofString("{\"%s\":\"%s\"}".formatted(field, folder.toUri())));
    }

    private TriggerId trigger(String method, String path, BodyPublisher body) throws Exception {
        return TriggerId.fromString(
                sameAnswer(path.equals("/savepoint-disposal") ? 200 : 202, method, path, body)
                        .get("request-id")
                        .textValue());
    }

    /** The one answer that all of them get. */
    private JsonNode sameAnswer(
            int status, String method, String path, BodyPublisher body, String... headers)
            throws Exception {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Idempotency-Key", key));
        Callable<HttpResponse<String>> request =
                () -> http.send(method, path, body, all.toArray(String[]::new));
        Set<String> answers = new TreeSet<>();
        for (Future<HttpResponse<String>> answer :
                clients.invokeAll(Collections.nCopies(AT_ONCE, request))) {
            assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(status);
            answers.add(answer.get().body());
        }
        assertThat(answers).hasSize(1);
        return JSON.readTree(answers.iterator().next());
    }

    private List<TriggerId> operations(JobId job) {
        return answer(flink.operations().list()).operations().stream()
                .filter(operation -> job.equals(operation.jobId()))
                .map(OperationDetails::triggerId)
                .toList();
    }

    private Set<JobId> jobs() {
        return answer(flink.jobs().list()).jobs().stream()
                .map(JobIdWithStatus::id)
                .collect(Collectors.toSet());
    }

    private Set<ApplicationId> applications() {
        return answer(flink.applications().overview()).applications().stream()
                .map(ApplicationDetails::applicationId)
                .collect(Collectors.toSet());
    }

    private static Path ownClasses() throws URISyntaxException {
        return Path.of(
                PlanProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static String lastPart(SavepointInfo savepoint) {
        return savepoint.location().replaceFirst(".*/([^/]+)/?$", "$1");
    }

    private static byte[] submission(Path plan) throws IOException {
        return form(
                part(
                        "name=\"request\"",
                        "{\"executionPlanFileName\":\"plan\",\"jobJarFileNames\":[\"job.jar\"]}"
                                .getBytes(StandardCharsets.UTF_8)),
                file("file_0", "plan", plan),
                file("file_1", "job.jar", Artifacts.jobJar()));
    }

    private static byte[] file(String name, String fileName, Path content) throws IOException {
        return part(
                "name=\"%s\"; filename=\"%s\"".formatted(name, fileName),
                Files.readAllBytes(content));
    }

    private static byte[] part(String names, byte[] content) {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.writeBytes(
                "--once\r\nContent-Disposition: form-data; %s\r\n\r\n"
                        .formatted(names)
                        .getBytes(StandardCharsets.UTF_8));
        part.writeBytes(content);
        part.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        return part.toByteArray();
    }

    private static byte[] form(byte[]... parts) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            form.writeBytes(part);
        }
        form.writeBytes("--once--\r\n".getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }
}
