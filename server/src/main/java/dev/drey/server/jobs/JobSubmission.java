package dev.drey.server.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.model.jobs.JobSubmitRequestBody;
import dev.drey.model.jobs.JobSubmitRequestBody.DistributedCacheFile;
import dev.drey.server.error.Failures;
import dev.drey.server.http.JsonBodyInterceptor;
import dev.drey.server.http.MultipartForm;
import dev.drey.server.http.Upload;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.core.Response;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.graph.ExecutionPlan;

/**
 * A job as Flink's client sends it.
 *
 * @param plan the file of the serialized execution plan
 * @param artifacts by the names that the job knows them by
 */
record JobSubmission(Path plan, List<Path> jars, List<Tuple2<String, Path>> artifacts) {

    /**
     * Receives a submission.
     *
     * @param longestRequest how long the part that tells what the files are may be, in bytes
     * @throws BadRequestException if it names files that do not come, or the like
     */
    static JobSubmission receive(
            MultipartForm form, Upload upload, ObjectMapper json, int longestRequest) {
        Parts parts = new Parts(upload, longestRequest);
        form.forEachPart(parts);
        JobSubmitRequestBody request = parts.request(json);
        if (request.executionPlanFileName() == null) {
            throw new BadRequestException(
                    "executionPlanFileName is missing: name the file of the execution plan");
        }
        Path plan = parts.file("executionPlanFileName", request.executionPlanFileName());
        List<Path> jars =
                Optional.ofNullable(request.jarFileNames()).orElse(List.of()).stream()
                        .map(name -> parts.file("jobJarFileNames", name))
                        .toList();
        List<Tuple2<String, Path>> artifacts = new ArrayList<>();
        for (DistributedCacheFile artifact :
                Optional.ofNullable(request.artifactFileNames()).orElse(List.of())) {
            if (artifact == null || artifact.entryName() == null) {
                throw new BadRequestException(
                        "jobArtifactFileNames: a file has no entryName: the job does not know it");
            }
            artifacts.add(
                    Tuple2.of(
                            artifact.entryName(),
                            parts.file("jobArtifactFileNames", artifact.fileName())));
        }
        return new JobSubmission(plan, jars, artifacts);
    }

    /** What was sent, however it was written. It reads the files. */
    List<?> content() {
        return List.of(
                Upload.digest(plan),
                jars.stream().map(Upload::digest).toList(),
                artifacts.stream()
                        .map(artifact -> List.of(artifact.f0, Upload.digest(artifact.f1)))
                        .toList());
    }

    /** Bytes of the plan. */
    long planSize() {
        try {
            return Files.size(plan);
        } catch (IOException e) {
            throw new InternalServerErrorException(
                    "The execution plan cannot be read: " + Failures.line(e), e);
        }
    }

    /** The plan, whose classes are Flink's: the program's own are serialized within it. */
    ExecutionPlan readPlan() {
        try (ObjectInputStream in =
                new ObjectInputStream(new BufferedInputStream(Files.newInputStream(plan)))) {
            return (ExecutionPlan) in.readObject();
        } catch (IOException
                | ClassNotFoundException
                | RuntimeException
                | LinkageError
                | StackOverflowError e) {
            throw new BadRequestException(
                    "The execution plan cannot be read: " + Failures.told(e), e);
        }
    }

    /** The parts of the form, in whichever order they come. */
    private static final class Parts implements MultipartForm.Visitor {

        private final Upload upload;
        private final int longestRequest;
        private final Map<String, Path> files = new HashMap<>();
        private byte[] request = {};

        Parts(Upload upload, int longestRequest) {
            this.upload = upload;
            this.longestRequest = longestRequest;
        }

        @Override
        public void visit(String name, String fileName, InputStream content) throws IOException {
            if (fileName != null) {
                add(fileName, upload.receive(content));
            } else if (name.equals(JsonBodyInterceptor.REQUEST_PART)) {
                request = content.readNBytes(longestRequest);
                if (content.read() >= 0) {
                    throw new ClientErrorException(
                            "The form field '%s' is longer than %d bytes (%s)"
                                    .formatted(
                                            name,
                                            longestRequest,
                                            RestOptions.SERVER_MAX_CONTENT_LENGTH.key()),
                            Response.status(Response.Status.REQUEST_ENTITY_TOO_LARGE)
                                    .header("Connection", "close")
                                    .build());
                }
            } else {
                throw new BadRequestException(
                        "Unknown form field '%s': send '%s' and files"
                                .formatted(name, JsonBodyInterceptor.REQUEST_PART));
            }
        }

        JobSubmitRequestBody request(ObjectMapper json) {
            try {
                JobSubmitRequestBody body =
                        request.length == 0
                                ? new JobSubmitRequestBody(null, null, null)
                                : json.readValue(request, JobSubmitRequestBody.class);
                if (body == null) {
                    throw new BadRequestException(
                            "The form field '%s' is null: send a JSON object"
                                    .formatted(JsonBodyInterceptor.REQUEST_PART));
                }
                return body;
            } catch (JsonProcessingException e) {
                throw JsonBodyInterceptor.refusal(e);
            } catch (IOException e) {
                throw new BadRequestException(Failures.line(e), e);
            }
        }

        /** Two files of one name are one, or it is not known which is meant. */
        private void add(String fileName, Path file) throws IOException {
            String name = MultipartForm.lastSegment(fileName);
            Path before = files.putIfAbsent(name, file);
            if (before != null && Files.mismatch(before, file) >= 0) {
                throw new BadRequestException(
                        "Two files are called '%s': give each a name of its own".formatted(name));
            }
        }

        Path file(String field, String name) {
            Path file = files.get(name);
            if (file == null) {
                throw new BadRequestException(
                        "%s: no file '%s' came with the request".formatted(field, name));
            }
            return file;
        }
    }
}
