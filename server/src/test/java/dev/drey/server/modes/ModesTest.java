package dev.drey.server.modes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drey.server.error.StartupException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything is started. */
class ModesTest {

    @Test
    void aJobManagerHasAnAddress() {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> JobManagerMode.start(new Configuration()))
                .withMessageContaining("jobmanager.rpc.address");
    }

    @Test
    void whoAttachesNamesTheJobManager() {
        requireRefused(Map.of("rest.bind-port", "0"), "jobmanager.rpc.address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "65536"})
    void whoAttachesNamesAPort(String port) {
        requireRefused(
                Map.of("jobmanager.rpc.address", "jm-1", "jobmanager.rpc.port", port),
                "jobmanager.rpc.port",
                port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "ftp://jm-1:8081", "http://", "http://jm-1:8081?a=b"})
    void theUrlOfTheClustersEndpointIsOne(String url) {
        requireRefused(
                Map.of("jobmanager.rpc.address", "jm-1", "drey.attach.rest-url", url),
                "drey.attach.rest-url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8081", "8079-8082", "9000,8081"})
    void thePortOfAClusterOnTheSameMachineIsLeftToIt(String bindPort) {
        Map<String, String> options = new HashMap<>(Map.of("jobmanager.rpc.address", "127.0.0.1"));
        if (!bindPort.isEmpty()) {
            options.put("rest.bind-port", bindPort);
        }
        requireRefused(options, "8081", "-D rest.bind-port");
    }

    private static void requireRefused(Map<String, String> options, String... named) {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> AttachMode.start(Configuration.fromMap(options)))
                .satisfies(
                        refusal ->
                                assertThat(refusal.getMessage())
                                        .contains(named)
                                        .doesNotContain("\n"));
    }
}
