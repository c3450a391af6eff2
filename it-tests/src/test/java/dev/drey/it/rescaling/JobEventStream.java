package dev.drey.it.rescaling;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drey.model.JobId;
import dev.drey.model.jobs.JobEvent;
import dev.drey.model.jobs.JobEvent.CheckpointEnded;
import dev.drey.model.jobs.JobEvent.Rescaled;
import dev.drey.model.jobs.JobEvent.Restarted;
import dev.drey.model.jobs.JobEvent.StatusChanged;
import dev.drey.model.jobs.JobStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The events of a job, in a few words each. How far a restart is, is not among them. */
final class JobEventStream implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String END = "end";

    private final BufferedReader lines;
    private String lastId;

    private JobEventStream(BufferedReader lines) {
        this.lines = lines;
    }

    /**
     * Opens it.
     *
     * @param lastId of the event after which it is to begin, if there was one
     */
    static JobEventStream of(URI base, JobId job, String... lastId)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("%s/jobs/%s/events".formatted(base, job)));
        for (String id : lastId) {
            request.header("Last-Event-ID", id);
        }
        HttpResponse<InputStream> answer =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()
                        .send(request.build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new AssertionError("No stream of events: " + answer.statusCode());
        }
        return new JobEventStream(
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    String lastId() {
        return lastId;
    }

    /** The next one, or the end. */
    String next() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                lastId = line.substring(4);
            } else if (line.startsWith("data: ")) {
                JobEvent event = JSON.readValue(line.substring(6), JobEvent.class);
                if (!isStep(event)) {
                    return told(event);
                }
            }
        }
        return END;
    }

    /** All as far as the one that begins so. */
    List<String> until(String last) throws IOException {
        List<String> events = new ArrayList<>();
        String event;
        do {
            event = next();
            events.add(event);
        } while (!event.startsWith(last) && !event.equals(END));
        return events;
    }

    /** All that are left. */
    List<String> untilEnd() throws IOException {
        List<String> events = until(END);
        return events.subList(0, events.size() - 1);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static boolean isStep(JobEvent event) {
        return event instanceof StatusChanged change
                && (change.to() == JobStatus.CREATED || change.to() == JobStatus.INITIALIZING);
    }

    private static String told(JobEvent event) {
        if (event instanceof StatusChanged change) {
            return change.to().name();
        }
        if (event instanceof Restarted restart) {
            String message = restart.cause().stacktrace().lines().findFirst().orElseThrow();
            return "restart " + message.substring(message.indexOf(": ") + 2);
        }
        if (event instanceof CheckpointEnded ended) {
            return "%s %s"
                    .formatted(
                            ended.checkpoint().savepoint() ? "savepoint" : "checkpoint",
                            ended.checkpoint().status());
        }
        if (event instanceof Rescaled rescaled) {
            return "rescale %d to %d"
                    .formatted(rescaled.vertices().get(0).from(), rescaled.vertices().get(0).to());
        }
        return event.toString();
    }
}
