package dev.drey.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.server.async.Operations;
import dev.drey.server.async.Polls;
import dev.drey.server.error.StartupException;
import dev.drey.server.http.UploadFolder;
import dev.drey.server.jobmanager.JobManagerProcess;
import dev.drey.server.jobmanager.ThisProcess;
import dev.drey.server.metrics.ClusterMetrics;
import dev.drey.server.telemetry.Telemetry;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.blob.NoOpTransientBlobService;
import org.apache.flink.runtime.blob.TransientBlobService;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.resourcemanager.utils.TestingResourceManagerGateway;
import org.apache.flink.runtime.rest.handler.legacy.metrics.VoidMetricFetcher;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.apache.flink.runtime.webmonitor.stats.VertexStatsTracker;
import org.apache.flink.runtime.webmonitor.threadinfo.VertexThreadInfoStats;
import org.apache.flink.util.FileUtils;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ResourceConfig;

/**
 * A server on a free port of the loopback interface, and HTTP as bytes: what a client library would
 * tidy up on its way is what most tests are about.
 */
public final class TestServer implements AutoCloseable {

    /** Nothing takes this long: it ends a test that would hang. */
    public static final int PATIENCE_SECONDS = 30;

    private static final int DEFAULT_BUFFER = 0;
    private static final int NARROW_BUFFER = 2048;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RestServer server;
    private final Path folder;
    private final SSLContext client;

    private TestServer(RestServer server, Path folder, SSLContext client) {
        this.server = server;
        this.folder = folder;
        this.client = client;
    }

    /** The whole application, in front of gateways that answer as the builder says. */
    public static Builder cluster() {
        return new Builder();
    }

    /** Some other application in the same server. */
    public static TestServer of(ResourceConfig application) {
        Configuration configuration = loopback();
        try {
            return new TestServer(
                    RestServer.start(
                            configuration,
                            application,
                            Set.of(),
                            new ServerAddress(),
                            new ServerExecutors(configuration),
                            Telemetry.of(configuration)),
                    null,
                    null);
        } catch (StartupException e) {
            throw new AssertionError(e);
        }
    }

    /** What it serves, without HTTP. */
    public ApplicationHandler application() {
        return server.application();
    }

    public URI uri() {
        return server.baseUri();
    }

    /**
     * The {@code Host} of this server, which is also what follows {@code http://} in its origin.
     */
    public String authority() {
        return uri().getAuthority();
    }

    /** Where uploaded jars lie. */
    public Path jars() {
        return folder.resolve("flink-web-upload");
    }

    public Answer get(String path, String... headers) {
        return sendBytes("GET", path, null, headers);
    }

    /** Sends a JSON body, or none if {@code json} is {@code null}. */
    public Answer send(String method, String path, String json, String... headers) {
        return sendBytes(method, path, json == null ? null : json.getBytes(UTF_8), headers);
    }

    /**
     * Sends a request.
     *
     * @param path goes into the request line as it is
     * @param headers such as {@code Origin: null}
     */
    public Answer sendBytes(String method, String path, byte[] body, String... headers) {
        try (Connection connection = connect()) {
            connection.send(request(method, path, body, headers));
            return method.equals("HEAD") ? connection.readHead() : connection.read();
        }
    }

    public Answer upload(Form form, String... headers) {
        return post("/jars/upload", form, headers);
    }

    public Answer post(String path, Form form, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Type: " + Form.TYPE;
        return sendBytes("POST", path, form.bytes(), all);
    }

    /** Waits for what happens after an answer was sent. */
    public static void await(String condition, BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time, until " + condition).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** The bytes of a request. */
    public byte[] request(String method, String path, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        if (Arrays.stream(headers).noneMatch(header -> header.startsWith("Host:"))) {
            head.append("Host: ").append(authority()).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
        if (body != null) {
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    public Connection connect() {
        return connectAs(client);
    }

    /** A connection of another client than the usual one; {@code null} for one without TLS. */
    public Connection connectAs(SSLContext other) {
        return new Connection(server.getRestPort(), DEFAULT_BUFFER, other);
    }

    /** A connection of a client that takes next to nothing before it reads. */
    public Connection connectNarrowly() {
        return new Connection(server.getRestPort(), NARROW_BUFFER, client);
    }

    @Override
    public void close() {
        server.closeAsync().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        if (folder != null) {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
    }

    private static Configuration loopback() {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_PORT, "0");
        return configuration;
    }

    /** What the cluster behind the server answers. */
    public static final class Builder {

        private final Configuration configuration = loopback();
        private CompletableFuture<DispatcherGateway> dispatcher =
                CompletableFuture.completedFuture(TestingDispatcherGateway.newBuilder().build());
        private CompletableFuture<ResourceManagerGateway> resourceManager =
                CompletableFuture.completedFuture(new TestingResourceManagerGateway());

        private Optional<JobManagerProcess> jobManager = Optional.empty();
        private ClusterMetrics metrics = ClusterMetrics.of(VoidMetricFetcher.INSTANCE);
        private TransientBlobService transientBlobs = NoOpTransientBlobService.INSTANCE;
        private Optional<VertexStatsTracker<VertexThreadInfoStats>> threads = Optional.empty();

        private Optional<MetricGroup> metricGroup = Optional.empty();
        private SSLContext client;

        private Builder() {}

        /** Speaks TLS as {@code options} say, and is spoken to as {@code usual} does. */
        public Builder tls(Configuration options, SSLContext usual) {
            configuration.addAll(options);
            client = usual;
            return this;
        }

        public <T> Builder set(ConfigOption<T> option, T value) {
            configuration.set(option, value);
            return this;
        }

        public Builder dispatcher(DispatcherGateway gateway) {
            dispatcher = CompletableFuture.completedFuture(gateway);
            return this;
        }

        /** A dispatcher that answers as {@code behaviour} makes it. */
        public Builder dispatcher(UnaryOperator<TestingDispatcherGateway.Builder> behaviour) {
            return dispatcher(behaviour.apply(TestingDispatcherGateway.newBuilder()).build());
        }

        public Builder resourceManager(ResourceManagerGateway gateway) {
            resourceManager = CompletableFuture.completedFuture(gateway);
            return this;
        }

        /** A JobManager that is not this process. */
        public Builder jobManager(JobManagerProcess process) {
            jobManager = Optional.of(process);
            return this;
        }

        /** What the cluster's metric query services tell; by default they tell nothing. */
        public Builder metrics(ClusterMetrics told) {
            metrics = told;
            return this;
        }

        /** Where the server's own metrics go, which nobody sees otherwise. */
        public Builder ownMetrics(MetricGroup group) {
            metricGroup = Optional.of(group);
            return this;
        }

        public Builder transientBlobs(TransientBlobService blobs) {
            transientBlobs = blobs;
            return this;
        }

        /** Samples of threads, which nobody takes otherwise. */
        public Builder threads(VertexStatsTracker<VertexThreadInfoStats> samples) {
            threads = Optional.of(samples);
            return this;
        }

        /** An election that does not end. */
        public Builder noLeader() {
            dispatcher = new CompletableFuture<>();
            resourceManager = new CompletableFuture<>();
            return this;
        }

        public TestServer start() {
            try {
                Path folder = Files.createTempDirectory("drey-test");
                configuration.set(WebOptions.UPLOAD_DIR, folder.toString());
                ServerExecutors executors = new ServerExecutors(configuration);
                ServerAddress address = new ServerAddress();
                ClusterGateways gateways =
                        new ClusterGateways(
                                () -> dispatcher,
                                () -> resourceManager,
                                metrics,
                                jobManager.orElseGet(
                                        () -> new ThisProcess(configuration, executors.files())),
                                leader -> CompletableFuture.completedFuture(transientBlobs),
                                new MessageLimit(configuration, leader -> jobManager.isEmpty()),
                                threads,
                                Polls.inProcess(Duration.ofSeconds(10), executors.rendering()));
                Telemetry telemetry =
                        metricGroup
                                .map(group -> Telemetry.of(configuration, group))
                                .orElseGet(() -> Telemetry.of(configuration));
                RestApplication application =
                        new RestApplication(
                                configuration,
                                gateways,
                                executors,
                                address,
                                new Operations(gateways, configuration),
                                UploadFolder.open(configuration),
                                telemetry);
                RestServer server =
                        RestServer.start(
                                configuration,
                                application,
                                RestApplication.STREAMED_ROUTES,
                                address,
                                executors,
                                telemetry);
                return new TestServer(server, folder, client);
            } catch (StartupException | IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A connection that says exactly what it is told to. */
    public static final class Connection implements AutoCloseable {

        private final Socket wire = new Socket();
        private final Socket socket;
        private final InputStream in;

        private Connection(int port, int receiveBuffer, SSLContext tls) {
            try {
                if (receiveBuffer != DEFAULT_BUFFER) {
                    wire.setReceiveBufferSize(receiveBuffer);
                }
                wire.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                wire.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                socket =
                        tls == null
                                ? wire
                                : tls.getSocketFactory()
                                        .createSocket(wire, "127.0.0.1", port, true);
                in = new BufferedInputStream(socket.getInputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public void send(String text) {
            send(text.getBytes(UTF_8));
        }

        public void send(byte[] bytes) {
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public int localPort() {
            return wire.getLocalPort();
        }

        /** Is gone without the goodbye of TLS. */
        public void vanish() {
            try {
                wire.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Sends nothing more, and can still read. */
        public void endSending() {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The next answer, as it comes to any method but HEAD. */
        public Answer read() {
            Answer head = readHead();
            String length = head.header("Content-Length");
            if (length != null) {
                return head.with(bytes(Integer.parseInt(length)));
            }
            return "chunked".equals(head.header("Transfer-Encoding")) ? head.with(chunks()) : head;
        }

        /** The next answer without a body. */
        public Answer readHead() {
            String status = line();
            assertThat(status).as("status line").startsWith("HTTP/1.1 ");
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.merge(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip(),
                        (first, second) -> first + ", " + second);
            }
            return new Answer(Integer.parseInt(status.substring(9, 12)), headers, "");
        }

        /** Reads {@code length} bytes that nobody looks at. */
        public void skip(long length) {
            try {
                in.skipNBytes(length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** How many bytes come before the server closes the connection. */
        public long readToEnd() {
            long read = 0;
            try {
                while (in.read() >= 0) {
                    read += 1 + in.skip(in.available());
                }
            } catch (SocketTimeoutException e) {
                throw new AssertionError("It does not end", e);
            } catch (IOException e) {
                // Closed, if not gently.
            }
            return read;
        }

        /** Whether the server sends nothing more and has closed the connection. */
        public boolean isAtEnd() {
            try {
                return in.read() < 0;
            } catch (IOException e) {
                return true;
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private byte[] chunks() {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (byte[] chunk = nextChunk(); chunk.length > 0; chunk = nextChunk()) {
                body.writeBytes(chunk);
            }
            return body.toByteArray();
        }

        /** The next chunk of a body; empty at its end. */
        public String chunk() {
            return new String(nextChunk(), UTF_8);
        }

        private byte[] nextChunk() {
            byte[] chunk = bytes(chunkSize());
            line();
            return chunk;
        }

        private int chunkSize() {
            return Integer.parseInt(line(), 16);
        }

        private byte[] bytes(int length) {
            try {
                byte[] read = in.readNBytes(length);
                assertThat(read).as("body").hasSize(length);
                return read;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String line() {
            try {
                ByteArrayOutputStream line = new ByteArrayOutputStream();
                for (int c = in.read(); c != '\n'; c = in.read()) {
                    assertThat(c).as("end of the answer, after %s", line).isNotNegative();
                    if (c != '\r') {
                        line.write(c);
                    }
                }
                return line.toString(UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * An answer.
     *
     * @param headers by their names in lower case
     * @param body in UTF-8
     */
    public record Answer(int status, Map<String, String> headers, String body) {

        public Answer expect(int expected) {
            assertThat(status).as("status of an answer that says: %s", body).isEqualTo(expected);
            return this;
        }

        /** The one clear line of an answer with this status. */
        public String refused(int expected) {
            expect(expected);
            assertThat(header("Content-Type")).isEqualTo("application/json; charset=UTF-8");
            JsonNode errors = json().get("errors");
            assertThat(json()).as("fields of the error").hasSize(1);
            assertThat(errors).as("errors").hasSize(1);
            String line = errors.get(0).textValue();
            assertThat(line).isNotBlank().doesNotContain("\n", "\tat ");
            return line;
        }

        public String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("No JSON: " + body, e);
            }
        }

        private Answer with(byte[] received) {
            return new Answer(status, headers, new String(received, UTF_8));
        }
    }

    /** A multipart body. */
    public static final class Form {

        public static final String TYPE = "multipart/form-data; boundary=drey-test-boundary";

        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        public Form field(String name, String value) {
            return part("name=\"%s\"".formatted(name), value.getBytes(UTF_8));
        }

        public Form file(String fileName, byte[] content) {
            return part("name=\"jarfile\"; filename=\"%s\"".formatted(fileName), content);
        }

        /** All parts so far and no end. */
        public byte[] unfinished() {
            return body.toByteArray();
        }

        public byte[] bytes() {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(body.toByteArray());
            whole.writeBytes("--drey-test-boundary--\r\n".getBytes(UTF_8));
            return whole.toByteArray();
        }

        private Form part(String disposition, byte[] content) {
            String head =
                    "--drey-test-boundary\r\nContent-Disposition: form-data; %s\r\n\r\n"
                            .formatted(disposition);
            body.writeBytes(head.getBytes(UTF_8));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(UTF_8));
            return this;
        }
    }
}
