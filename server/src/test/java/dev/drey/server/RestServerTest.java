package dev.drey.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drey.server.error.StartupException;
import dev.drey.server.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestServerTest {

    private final Configuration configuration = new Configuration();

    @AutoClose private final ServerExecutors executors = new ServerExecutors(configuration);
    @AutoClose private final ServerSocket taken = new ServerSocket();

    RestServerTest() throws IOException {}

    @BeforeEach
    void takeAPort() throws IOException {
        taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    }

    @Test
    void theRealPortIsTold() throws Exception {
        configuration.set(RestOptions.BIND_PORT, "0");
        ServerAddress address = new ServerAddress();
        RestServer server = start(address);

        assertThat(server.getRestPort()).isPositive();
        assertThat(server.baseUri()).hasToString("http://127.0.0.1:" + server.getRestPort());
        assertThat(address.baseUri()).isEqualTo(server.baseUri());
        stop(server);
    }

    @Test
    void theNextPortIsTriedWhereOneIsTaken() throws Exception {
        configuration.set(RestOptions.BIND_PORT, taken.getLocalPort() + ",0");
        RestServer server = start(new ServerAddress());

        assertThat(server.getRestPort()).isPositive().isNotEqualTo(taken.getLocalPort());
        stop(server);
    }

    @Test
    void aPortIsFreeAgainOnceTheServerHasStopped() throws Exception {
        configuration.set(RestOptions.BIND_PORT, "0");
        RestServer first = start(new ServerAddress());
        stop(first);
        configuration.set(RestOptions.BIND_PORT, String.valueOf(first.getRestPort()));
        RestServer second = start(new ServerAddress());

        assertThat(second.getRestPort()).isEqualTo(first.getRestPort());
        stop(second);
    }

    @Test
    void aPortThatIsTakenIsNamedWithTheOptionItCameFrom() {
        configuration.set(RestOptions.PORT, taken.getLocalPort());
        refused("rest.port: " + taken.getLocalPort(), "127.0.0.1");

        configuration.set(RestOptions.BIND_PORT, String.valueOf(taken.getLocalPort()));
        refused("rest.bind-port: " + taken.getLocalPort(), "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "8081-", "-1", "8081-x", "99999", ""})
    void whatIsNoPortIsNamedWithTheOptionItCameFrom(String port) {
        configuration.set(RestOptions.BIND_PORT, port);

        refused("rest.bind-port: '" + port + "' is no port");
    }

    @Test
    void anAddressThatIsNotThisMachinesIsNamed() {
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(RestOptions.BIND_ADDRESS, "192.0.2.1");

        refused("192.0.2.1");
    }

    private void refused(String... parts) {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> start(new ServerAddress()))
                .satisfies(
                        refusal ->
                                assertThat(refusal.getMessage())
                                        .contains(parts)
                                        .doesNotContain("\n"));
    }

    private RestServer start(ServerAddress address) throws StartupException {
        return RestServer.start(
                configuration,
                new ResourceConfig(),
                Set.of(),
                address,
                executors,
                Telemetry.of(configuration));
    }

    private static void stop(RestServer server) throws Exception {
        server.closeAsync().get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
