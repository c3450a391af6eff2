package dev.drey.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drey.model.ApplicationId;
import dev.drey.model.IntermediateDataSetId;
import dev.drey.model.JarId;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.RescaleUuid;
import dev.drey.model.ResourceId;
import dev.drey.model.TriggerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What stock session clusters of several Flink versions have answered about jobs that ran, failed
 * after a restart, finished, were cancelled and were stopped: {@code recorded/<version>/} holds one
 * file for each route. Paths of the machine are replaced, and long lists and stack traces are cut.
 */
final class RecordedAnswers {
    private static final Path FOLDER = folder();
    private static final List<Exchange> EXCHANGES =
            versions().stream()
                    .flatMap(version -> files(version).flatMap(file -> exchanges(version, file)))
                    .toList();

    /**
     * A request and its answer.
     *
     * @param version the Flink that answered
     * @param route method and path as Flink documents them
     * @param name tells the exchanges of a route apart
     * @param request method and URI as they were asked
     * @param status the status of the answer
     * @param answer its body
     */
    record Exchange(
            String version,
            String route,
            String name,
            String request,
            int status,
            JsonNode answer) {

        boolean isRefusal() {
            return status >= 400;
        }

        /** Whether a request has the same method and path; its query and body may differ. */
        boolean isAskedBy(String head) {
            String asked = route.substring(0, route.indexOf(' ')) + " /v1" + path();
            return head.startsWith(asked + " ") || head.startsWith(asked + "?");
        }

        JobId job() {
            return new JobId(parameter("jobid"));
        }

        ApplicationId application() {
            return new ApplicationId(parameter("applicationid"));
        }

        JobVertexId vertex() {
            return new JobVertexId(parameter("vertexid"));
        }

        int subtask() {
            return Integer.parseInt(parameter("subtaskindex"));
        }

        int attempt() {
            return Integer.parseInt(parameter("attempt"));
        }

        long checkpointId() {
            return Long.parseLong(parameter("checkpointid"));
        }

        RescaleUuid rescale() {
            return new RescaleUuid(parameter("rescaleuuid"));
        }

        ResourceId taskManager() {
            return new ResourceId(parameter("taskmanagerid"));
        }

        TriggerId triggerId() {
            return new TriggerId(parameter("triggerid"));
        }

        IntermediateDataSetId dataSet() {
            return new IntermediateDataSetId(parameter("datasetid"));
        }

        String operatorUid() {
            return parameter("operatorUid");
        }

        JarId jar() {
            return new JarId(parameter("jarid"));
        }

        /** The value that a parameter of the route's path had. */
        private String parameter(String parameter) {
            List<String> names = List.of(route.split("/", -1));
            return path().split("/", -1)[names.indexOf(":" + parameter)];
        }

        /** The path that was asked for, without its query. */
        private String path() {
            return request.substring(request.indexOf(' ') + 1).replaceFirst("\\?.*", "");
        }

        @Override
        public String toString() {
            return "Flink %s: %s (%s)".formatted(version, route, name);
        }
    }

    static List<String> versions() {
        try (Stream<Path> versions = Files.list(FOLDER)) {
            return versions.map(folder -> folder.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Exchange> all() {
        return EXCHANGES.stream();
    }

    private static Stream<Path> files(String version) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(version))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Exchange> exchanges(String version, Path file) {
        JsonNode content = read(file);
        return StreamSupport.stream(content.get("exchanges").spliterator(), false)
                .map(
                        exchange ->
                                new Exchange(
                                        version,
                                        content.get("route").textValue(),
                                        exchange.get("case").textValue(),
                                        exchange.get("request").textValue(),
                                        exchange.get("status").intValue(),
                                        exchange.get("answer")));
    }

    private static JsonNode read(Path file) {
        try {
            return new JsonMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(RecordedAnswers.class.getResource("/recorded").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private RecordedAnswers() {}
}
