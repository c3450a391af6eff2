package dev.drey.server;

import static java.util.Objects.requireNonNull;

import dev.drey.server.error.JsonErrorPages;
import dev.drey.server.error.StartupException;
import dev.drey.server.http.BodyAggregation;
import dev.drey.server.http.HeldRequests;
import dev.drey.server.http.InFlight;
import dev.drey.server.http.Tls;
import dev.drey.server.http.TlsConnections;
import dev.drey.server.http.UriCheck;
import dev.drey.server.telemetry.Telemetry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.rest.RestService;
import org.apache.flink.util.NetUtils;
import org.glassfish.grizzly.asyncqueue.AsyncQueueWriter;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.ServerConfiguration;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpContainer;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Grizzly's life: bind, limits, stop. Knows no endpoint. */
public final class RestServer implements RestService {

    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);

    private static final String ANY_ADDRESS = "0.0.0.0";
    private static final int WORKERS = 16;
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final long STOP_GRACE_SECONDS = 2;
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private final HttpServer server;
    private final URI baseUri;
    private final ApplicationHandler application;
    private final HeldRequests held;
    private final InFlight requests;
    private final ServerExecutors executors;

    private RestServer(
            HttpServer server,
            URI baseUri,
            ApplicationHandler application,
            HeldRequests held,
            InFlight requests,
            ServerExecutors executors) {
        this.server = server;
        this.baseUri = baseUri;
        this.application = application;
        this.held = held;
        this.requests = requests;
        this.executors = executors;
    }

    /**
     * Serves {@code application} on the first free port of {@code rest.bind-port} (or {@code
     * rest.port}).
     *
     * @param streamedRoutes routes, each a method and a path, that read their bodies as they come
     * @param address learns where it is
     * @param executors are closed with the server
     * @param telemetry watches it
     * @throws StartupException if no port can be bound, or the stores for TLS cannot be used; its
     *     message names the option
     */
    public static RestServer start(
            Configuration configuration,
            ResourceConfig application,
            Set<String> streamedRoutes,
            ServerAddress address,
            ServerExecutors executors,
            Telemetry telemetry)
            throws StartupException {
        requireNonNull(address, "address is null");
        requireNonNull(executors, "executors is null");
        requireNonNull(telemetry, "telemetry is null");
        Optional<SSLEngineConfigurator> tls = Tls.ofServer(configuration);
        String portKey =
                configuration.containsKey(RestOptions.BIND_PORT.key())
                        ? RestOptions.BIND_PORT.key()
                        : RestOptions.PORT.key();
        String ports =
                configuration
                        .getOptional(RestOptions.BIND_PORT)
                        .orElseGet(() -> String.valueOf(configuration.get(RestOptions.PORT)));
        String host = configuration.getOptional(RestOptions.BIND_ADDRESS).orElse(ANY_ADDRESS);
        requireOwnAddress(host);
        GrizzlyHttpContainer container =
                ContainerFactory.createContainer(GrizzlyHttpContainer.class, application);
        Iterator<Integer> candidates = candidates(portKey, ports);
        while (candidates.hasNext()) {
            HeldRequests held = new HeldRequests();
            InFlight requests = new InFlight();
            HttpServer server =
                    configured(configuration, tls, streamedRoutes, held, host, candidates.next());
            server.getServerConfiguration()
                    .getMonitoringConfig()
                    .getWebServerConfig()
                    .addProbes(requests);
            telemetry.watch(server);
            server.getServerConfiguration().addHttpHandler(new UriCheck(container), "/");
            try {
                server.start();
            } catch (BindException e) {
                LOG.debug("Cannot bind {}", server.getListeners(), e);
                server.shutdownNow();
                continue;
            } catch (IOException | RuntimeException e) {
                server.shutdownNow();
                throw new StartupException(
                        "Cannot serve on %s (%s): %s"
                                .formatted(
                                        host,
                                        RestOptions.BIND_ADDRESS.key(),
                                        e.getMessage() == null ? e : e.getMessage()),
                        e);
            }
            int port = server.getListeners().iterator().next().getPort();
            URI uri =
                    URI.create(
                            "%s://%s:%d"
                                    .formatted(
                                            tls.isPresent() ? "https" : "http",
                                            advertised(configuration, host),
                                            port));
            address.bound(uri);
            LOG.info("Serving at {}", uri);
            return new RestServer(
                    server, uri, container.getApplicationHandler(), held, requests, executors);
        }
        throw new StartupException(
                "No port of %s: %s is free on %s: stop what listens there or choose another with -D %s=PORT"
                        .formatted(portKey, ports, host, RestOptions.BIND_PORT.key()));
    }

    /** Where this server is reached. */
    public URI baseUri() {
        return baseUri;
    }

    /** What it serves, to be asked within this process. */
    public ApplicationHandler application() {
        return application;
    }

    @Override
    public int getRestPort() {
        return baseUri.getPort();
    }

    /** Requests that are under way are answered, for a short time; those held back at once. */
    @Override
    public CompletableFuture<Void> closeAsync() {
        server.getListeners().forEach(listener -> listener.getTransport().unbindAll());
        held.release();
        return requests.none()
                .completeOnTimeout(null, STOP_GRACE_SECONDS, TimeUnit.SECONDS)
                // Who completes it may be one of the threads that end here.
                .thenRunAsync(server::shutdownNow)
                .whenComplete((nothing, failure) -> executors.close());
    }

    private static HttpServer configured(
            Configuration configuration,
            Optional<SSLEngineConfigurator> tls,
            Set<String> streamedRoutes,
            HeldRequests held,
            String host,
            int port) {
        HttpServer server = new HttpServer();
        NetworkListener listener = new NetworkListener("drey", host, port);
        tls.ifPresent(
                engines -> {
                    listener.setSecure(true);
                    listener.setSSLEngineConfig(engines);
                    listener.registerAddOn(new TlsConnections());
                });
        listener.registerAddOn(
                new BodyAggregation(
                        configuration.get(RestOptions.SERVER_MAX_CONTENT_LENGTH), streamedRoutes));
        listener.registerAddOn(held);
        // Bodies are in memory anyway, and a thread that waits for a slow reader serves nobody
        // else.
        listener.setMaxPendingBytes(AsyncQueueWriter.UNLIMITED_SIZE);
        listener.setMaxHttpHeaderSize(MAX_HEADER_BYTES);
        listener.getKeepAlive().setMaxRequestsCount(-1);
        listener.getKeepAlive().setIdleTimeoutInSeconds(KEEP_ALIVE_SECONDS);
        listener.getTransport()
                .setWorkerThreadPoolConfig(
                        ThreadPoolConfig.defaultConfig()
                                .setPoolName("drey-http")
                                .setCorePoolSize(WORKERS)
                                .setMaxPoolSize(WORKERS));
        server.addListener(listener);
        ServerConfiguration http = server.getServerConfiguration();
        // Flink's own client sends a body with every GET.
        http.setAllowPayloadForUndefinedHttpMethods(true);
        http.setDefaultErrorPageGenerator(new JsonErrorPages());
        http.setGracefulShutdownSupported(false); // see InFlight
        http.setHttpServerName("Drey");
        http.setPassTraceRequest(true);
        return server;
    }

    /** Otherwise it would look as if every port were taken. */
    private static void requireOwnAddress(String host) throws StartupException {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isAnyLocalAddress()
                    && NetworkInterface.getByInetAddress(address) == null
                    && !address.isLoopbackAddress()) {
                throw new StartupException(
                        "%s: %s is no address of this machine: name one that is"
                                .formatted(RestOptions.BIND_ADDRESS.key(), host));
            }
        } catch (UnknownHostException e) {
            throw new StartupException(
                    "%s: %s is unknown: name an address of this machine"
                            .formatted(RestOptions.BIND_ADDRESS.key(), host),
                    e);
        } catch (SocketException e) {
            LOG.warn("The addresses of this machine cannot be listed", e);
        }
    }

    private static Iterator<Integer> candidates(String key, String ports) throws StartupException {
        try {
            return NetUtils.getPortRangeFromString(ports);
        } catch (RuntimeException e) {
            throw new StartupException(
                    "%s: '%s' is no port: give one (8081), a list (8081,8090) or a range (8081-8090)"
                            .formatted(key, ports),
                    e);
        }
    }

    private static String advertised(Configuration configuration, String host) {
        String name =
                host.equals(ANY_ADDRESS)
                        ? configuration
                                .getOptional(RestOptions.ADDRESS)
                                .orElseGet(() -> InetAddress.getLoopbackAddress().getHostAddress())
                        : host;
        return name.contains(":") ? "[" + name + "]" : name;
    }
}
