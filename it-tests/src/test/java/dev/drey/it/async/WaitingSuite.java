package dev.drey.it.async;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.CountingJob;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.processes.ThreadDumpInfo;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that prefer to wait. */
abstract class WaitingSuite {

    private static final int MOST = 256;
    private static final String APPLIED = "Preference-Applied";

    private final Cluster cluster;
    private final FlinkMonitoringClient flink;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ExampleJobs examples;
    private JobId job;

    WaitingSuite(Cluster cluster) {
        this.cluster = cluster;
        this.flink = cluster.client();
    }

    @BeforeEach
    void start() throws Exception {
        examples = ExampleJobs.upload(flink);
        job = examples.start(CountingJob.class);
        Await.job(flink, job).isRunning();
    }

    @AfterEach
    void cleanUp() throws Exception {
        try (flink) {
            examples.close();
        }
    }

    @Test
    void asManyAsMayBeAreHeldWithoutAThread() throws Exception {
        all(Stream.generate(() -> ask("wait=0")).limit(MOST).toList());
        Set<String> before = threads();
        List<CompletableFuture<HttpResponse<String>>> held =
                Stream.generate(() -> ask("wait=60"))
                        .limit(MOST)
                        .collect(Collectors.toCollection(ArrayList::new));
        Await.untilTrue(
                "one more is answered at once",
                () -> {
                    // The one more may have come before one of them.
                    held.replaceAll(one -> one.isDone() ? ask("wait=60") : one);
                    return ask("wait=0").get().headers().firstValue(APPLIED).isEmpty();
                });

        Set<String> added = threads();
        added.removeAll(before);
        assertThat(added).as("threads of the server").isEmpty();
        assertThat(held).noneMatch(CompletableFuture::isDone);

        answer(flink.jobs().cancel(job));
        all(held);
        assertThat(held)
                .allSatisfy(
                        waited -> {
                            assertThat(waited.get().headers().firstValue(APPLIED))
                                    .hasValue("wait=60");
                            assertThat(waited.get().body()).contains("CANCEL");
                        });
    }

    @Test
    void aSavepointIsWaitedFor(@TempDir Path folder) throws Exception {
        TriggerId id =
                answer(
                        flink.savepoints()
                                .trigger(
                                        job,
                                        new SavepointTriggerRequestBody(
                                                folder.toUri().toString(), null, null, null))
                                .acknowledged());

        HttpResponse<String> status =
                send("/jobs/%s/savepoints/%s".formatted(job, id), "wait=60").get();

        assertThat(status.body()).contains("COMPLETED", "location");
        assertThat(status.headers().firstValue(APPLIED)).hasValue("wait=60");
    }

    private CompletableFuture<HttpResponse<String>> ask(String preference) {
        return send("/jobs/%s/status?not=RUNNING".formatted(job), preference);
    }

    private CompletableFuture<HttpResponse<String>> send(String path, String preference) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create(cluster.uri() + path))
                        .header("Prefer", preference)
                        .build(),
                BodyHandlers.ofString());
    }

    private static void all(Collection<? extends CompletableFuture<?>> sent) {
        answer(CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)));
    }

    /** The names of those that the server has of its own; Flink's come and go. */
    private Set<String> threads() {
        return answer(flink.jobManager().threadDump()).threadInfos().stream()
                .map(ThreadDumpInfo.ThreadInfo::threadName)
                .filter(name -> name.contains("drey") || name.contains("Delay"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
