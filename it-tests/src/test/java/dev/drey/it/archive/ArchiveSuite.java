package dev.drey.it.archive;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.cluster.HistoryServer;
import dev.drey.it.example.PausingJob;
import dev.drey.it.example.ShortJob;
import dev.drey.it.http.HttpCalls;
import dev.drey.model.JobId;
import dev.drey.model.jars.JarRunRequestBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was answered of jobs while the cluster knew them, Flink's own history server answers too.
 */
abstract class ArchiveSuite {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where a history server shows all that it knows: each archive has its own part of it. */
    private static final Set<String> LISTS = Set.of("/jobs/overview", "/applications/overview");

    private static final String ACCUMULATORS = "/jobs/[0-9a-f]{32}/accumulators";

    @TempDir private Path archive;

    abstract Cluster start(URI archive) throws Exception;

    @Test
    void aHistoryServerShowsJobsAsTheClusterDid() throws Exception {
        Cluster cluster = start(archive.toUri());
        List<JobId> jobs = end(cluster);
        Map<String, JsonNode> shown = answers(cluster.uri(), archivedPaths(jobs));

        try (HistoryServer history = HistoryServer.start("history-server", archive.toUri())) {
            Await.untilTrue(
                    "both applications are shown",
                    () -> list(history.uri(), "/applications/overview", "applications") == 2);

            assertThat(answers(history.uri(), shown.keySet())).isEqualTo(shown);
        }
    }

    /** A job that finished, and one that failed. */
    private static List<JobId> end(Cluster cluster) throws Exception {
        try (FlinkMonitoringClient flink = cluster.client();
                ExampleJobs examples = ExampleJobs.upload(flink)) {
            JobId finished = examples.start(ShortJob.class);
            Await.job(flink, finished).isFinished();
            JobId failed = examples.start(failing());
            Await.job(flink, failed).isFailed();
            Await.untilTrue(
                    "both applications have ended",
                    () ->
                            answer(flink.applications().overview()).applications().stream()
                                    .allMatch(application -> application.endTime() > 0));
            return List.of(finished, failed);
        }
    }

    private static JarRunRequestBody failing() {
        return JarRunRequestBody.builder()
                .entryClassName(PausingJob.class.getName())
                .programArguments("2")
                .build();
    }

    /** Two jobs and two applications are four files, the last of which may yet be written. */
    private Set<String> archivedPaths(List<JobId> jobs) throws Exception {
        Await.untilTrue(
                "the archive is complete",
                () -> files().stream().filter(ArchiveSuite::isComplete).count() == 4);
        Set<String> paths = new TreeSet<>();
        for (Path file : files()) {
            for (JsonNode answer : JSON.readTree(file.toFile()).get("archive")) {
                paths.add(answer.get("path").textValue());
            }
        }
        assertThat(paths).containsAll(LISTS);
        for (JobId job : jobs) {
            assertThat(paths)
                    .contains(
                            "/jobs/" + job,
                            "/jobs/%s/exceptions".formatted(job),
                            "/jobs/%s/jobmanager/config".formatted(job))
                    .anyMatch(path -> path.matches("/jobs/" + job + "/vertices/.*/attempts/0"));
        }
        return paths;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(archive)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean isComplete(Path file) {
        try {
            return Files.readString(file).endsWith("]}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, JsonNode> answers(URI server, Set<String> paths) throws Exception {
        HttpCalls calls = new HttpCalls(server);
        Map<String, JsonNode> answers = new TreeMap<>();
        for (String path : paths) {
            // A history server takes no query, and shows all there is.
            String query = path.matches(ACCUMULATORS) ? "?includeSerializedValue=true" : "";
            HttpResponse<String> answer = calls.get(path + query);
            answers.put(path, comparable(path, JSON.readTree(answer.body())));
        }
        return answers;
    }

    /** Without the clock; a list, in an order of its own. */
    private static JsonNode comparable(String path, JsonNode answer) {
        if (LISTS.contains(path)) {
            ObjectNode sorted = JSON.createObjectNode();
            answer.elements()
                    .next()
                    .forEach(
                            one ->
                                    sorted.set(
                                            one.path("jid").asText(one.path("id").asText()), one));
            return sorted;
        }
        if (answer instanceof ObjectNode view) {
            view.remove("now");
        }
        return answer;
    }

    private static int list(URI server, String path, String field) throws Exception {
        HttpResponse<String> answer = new HttpCalls(server).get(path);
        return answer.statusCode() == 200 ? JSON.readTree(answer.body()).path(field).size() : 0;
    }
}
