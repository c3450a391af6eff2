package dev.drey.server.modes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drey.server.RestServer;
import dev.drey.server.ServerAddress;
import dev.drey.server.ServerExecutors;
import dev.drey.server.telemetry.Telemetry;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.leaderelection.LeaderInformation;
import org.apache.flink.runtime.leaderelection.TestingLeaderElection;
import org.apache.flink.runtime.util.TestingFatalErrorHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestLeadershipTest {

    private static final Duration GUARD = Duration.ofSeconds(30);

    private final TestingLeaderElection election = new TestingLeaderElection();
    private final TestingFatalErrorHandler failures = new TestingFatalErrorHandler();
    private RestServer server;
    private RestLeadership leadership;

    @BeforeEach
    void start() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_PORT, "0");
        server =
                RestServer.start(
                        configuration,
                        new ResourceConfig(),
                        Set.of(),
                        new ServerAddress(),
                        new ServerExecutors(configuration),
                        Telemetry.of(configuration));
        leadership = RestLeadership.start(server, election, failures);
    }

    @AfterEach
    void stop() {
        assertThat(leadership.closeAsync()).succeedsWithin(GUARD);
    }

    @Test
    void theAddressIsPublishedWithTheSessionThatWasGranted() {
        UUID session = UUID.randomUUID();

        assertThat(election.isLeader(session))
                .succeedsWithin(GUARD)
                .isEqualTo(LeaderInformation.known(session, server.baseUri().toString()));
    }

    @Test
    void closingLeavesTheElectionAndStopsServing() {
        URI uri = server.baseUri();

        assertThat(leadership.closeAsync()).succeedsWithin(GUARD);

        assertThat(election.isStopped()).isTrue();
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> new Socket(uri.getHost(), uri.getPort()).close());
    }

    @Test
    void anElectionThatFailsIsFatal() {
        IllegalStateException failure = new IllegalStateException("lost");

        leadership.handleError(failure);

        assertThat(failures.getException()).isSameAs(failure);
    }
}
