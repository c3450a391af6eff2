package dev.drey.it.speed;

import static java.util.Objects.requireNonNull;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.grizzly.asyncqueue.AsyncQueueWriter;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpContainer;
import org.glassfish.jersey.server.ContainerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/**
 * As fast as Jersey on Grizzly can be: bytes that are ready, answered on the thread that reads the
 * request. It runs in a process of its own, on the class path of the packaged server.
 */
public final class Ceiling {

    static final String READY = "The ceiling is ready at http://";

    private static final int ANY_PORT = 0;

    /**
     * Serves until it is killed.
     *
     * @param files the bodies; {@code /ready/0} is the first
     */
    public static void main(String[] files) throws IOException, InterruptedException {
        List<byte[]> bodies = new ArrayList<>();
        for (String file : files) {
            bodies.add(Files.readAllBytes(java.nio.file.Path.of(file)));
        }
        HttpHandler jersey =
                ContainerFactory.createContainer(
                        GrizzlyHttpContainer.class,
                        new ResourceConfig()
                                .register(new ReadyResource(bodies))
                                .property(ServerProperties.WADL_FEATURE_DISABLE, true)
                                .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true));
        // As Drey's, where it makes a difference to ready bytes.
        NetworkListener listener = new NetworkListener("ceiling", "127.0.0.1", ANY_PORT);
        listener.setMaxPendingBytes(AsyncQueueWriter.UNLIMITED_SIZE);
        listener.getKeepAlive().setMaxRequestsCount(-1);
        HttpServer server = new HttpServer();
        server.addListener(listener);
        server.getServerConfiguration().addHttpHandler(new OnReadingThread(jersey), "/");
        server.start();
        System.out.println(READY + "127.0.0.1:" + listener.getPort());
        Thread.currentThread().join();
    }

    /** Bytes that are ready. */
    @Path("/")
    public static final class ReadyResource {

        private final List<byte[]> bodies;

        ReadyResource(List<byte[]> bodies) {
            this.bodies = requireNonNull(bodies, "bodies is null");
        }

        /** The body of that number. */
        @GET
        @Path("/ready/{number}")
        @Produces("application/json; charset=UTF-8")
        public byte[] body(@PathParam("number") int number) {
            return bodies.get(number);
        }
    }

    /** Spares a request the hop to another thread. */
    private static final class OnReadingThread extends HttpHandler {

        private static final RequestExecutorProvider SAME_THREAD =
                new RequestExecutorProvider.SameThreadProvider();

        private final HttpHandler next;

        OnReadingThread(HttpHandler next) {
            this.next = next;
        }

        @Override
        public RequestExecutorProvider getRequestExecutorProvider() {
            return SAME_THREAD;
        }

        @Override
        public void start() {
            next.start();
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            next.service(request, response);
        }
    }

    private Ceiling() {}
}
