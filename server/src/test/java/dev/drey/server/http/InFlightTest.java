package dev.drey.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private final InFlight requests = new InFlight();
    private final CompletableFuture<Response> asked = new CompletableFuture<>();
    private final HttpServer server = new HttpServer();

    @BeforeEach
    void start() throws IOException {
        NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);
        listener.registerAddOn(new HeldRequests());
        server.addListener(listener);
        server.getServerConfiguration().setGracefulShutdownSupported(false);
        server.getServerConfiguration()
                .getMonitoringConfig()
                .getWebServerConfig()
                .addProbes(requests);
        server.getServerConfiguration().addHttpHandler(new Silent(), "/");
        server.start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Test
    void withoutRequestsThereAreNone() {
        assertThat(requests.none()).isCompleted();
    }

    @Test
    void aRequestIsUnderWayUntilItsAnswerIsSent() throws Exception {
        try (Socket client = ask()) {
            Response response = asked();
            assertThat(requests.none()).isNotDone();

            response.resume();

            requests.none().get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(client.getInputStream().read()).isEqualTo('H');
        }
    }

    @Test
    void aRequestWhoseClientHangsUpIsUnderWayNoMore() throws Exception {
        try (Socket client = ask()) {
            asked();
            assertThat(requests.none()).isNotDone();
            client.shutdownOutput();

            requests.none().get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Response asked() throws Exception {
        return asked.get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Socket ask() throws IOException {
        int port = server.getListeners().iterator().next().getPort();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    /** Does not answer by itself. */
    private final class Silent extends HttpHandler {

        @Override
        public void service(Request request, Response response) {
            response.suspend();
            HeldRequests.hold(request, () -> {}, () -> {});
            asked.complete(response);
        }
    }
}
