package dev.drey.server.demo;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drey.model.jars.JarRunResponseBody;
import dev.drey.model.jars.JarUploadResponseBody;
import dev.drey.server.error.Failures;
import dev.drey.server.error.StartupException;
import dev.drey.server.http.Tls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.WebOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the example job the way a user runs one: its jar is uploaded and run through the API. */
public final class Demo {

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    private static final String JAR = "drey-demo-job.jar";
    private static final int RESCALE_HISTORY = 20;

    /** The options that the demo turns on. */
    public static Map<String, String> configuration() {
        return Map.of(
                JobManagerOptions.SCHEDULER.key(),
                JobManagerOptions.SchedulerType.Adaptive.name(),
                WebOptions.MAX_ADAPTIVE_SCHEDULER_RESCALE_HISTORY_SIZE.key(),
                String.valueOf(RESCALE_HISTORY));
    }

    /**
     * Uploads the example's jar to {@code server} and runs it.
     *
     * @param configuration the server's
     * @throws StartupException if the server refuses either
     */
    public static void run(URI server, Configuration configuration) throws StartupException {
        HttpClient.Builder client = HttpClient.newBuilder();
        if (SecurityOptions.isRestSSLEnabled(configuration)) {
            client.sslContext(Tls.ofClient(configuration));
        }
        run(server, client.build());
    }

    private static void run(URI server, HttpClient client) throws StartupException {
        try {
            JarUploadResponseBody uploaded =
                    post(
                            client,
                            server.resolve("/jars/upload"),
                            jar(),
                            JarUploadResponseBody.class);
            JarRunResponseBody running =
                    post(
                            client,
                            server.resolve("/jars/" + uploaded.jarId() + "/run"),
                            null,
                            JarRunResponseBody.class);
            LOG.info("The demo runs as job {}", running.jobId());
        } catch (IOException e) {
            throw new StartupException("--demo: " + Failures.line(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("--demo: interrupted", e);
        }
    }

    private static byte[] jar() throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream(JAR)) {
            if (in == null) {
                throw new IOException(
                        JAR + " is missing: run the packaged jar, or build it with mvn package");
            }
            return in.readAllBytes();
        }
    }

    private static <T> T post(HttpClient client, URI uri, byte[] jar, Class<T> answer)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (jar == null) {
            request.POST(HttpRequest.BodyPublishers.noBody());
        } else {
            String boundary = UUID.randomUUID().toString();
            request.header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(form(boundary, jar)));
        }
        HttpResponse<String> response =
                client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(
                    uri + " answered " + response.statusCode() + ": " + response.body());
        }
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build()
                .readValue(response.body(), answer);
    }

    private static byte[] form(String boundary, byte[] jar) throws IOException {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.write(
                ("--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\n"
                                        .formatted(boundary, JAR)
                                + "Content-Type: application/x-java-archive\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        form.write(jar);
        form.write("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    private Demo() {}
}
