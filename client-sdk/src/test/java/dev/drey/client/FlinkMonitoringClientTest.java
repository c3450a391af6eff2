package dev.drey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.drey.client.async.PollSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings, and the shape of the public API. */
class FlinkMonitoringClientTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8081",
                "ftp://localhost",
                "https://localhost",
                "http:///v1",
                "http://user@localhost",
                "http://localhost/?a=b",
                "http://local host"
            })
    void endpointMustBeOne(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FlinkMonitoringClient.builder().endpoint(endpoint))
                .withMessageContaining(endpoint);
    }

    @Test
    void endpointIsRequired() {
        assertThatIllegalStateException().isThrownBy(() -> FlinkMonitoringClient.builder().build());
    }

    @Test
    void timeoutsArePositive() {
        FlinkMonitoringClient.Builder builder = FlinkMonitoringClient.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.requestTimeout(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.uploadTimeout(Duration.ofSeconds(-1)));
    }

    @Test
    void pollSettingsAreChecked() {
        PollSettings defaults = PollSettings.DEFAULT;
        assertThat(defaults.firstDelay()).isEqualTo(Duration.ofMillis(100));
        assertThat(defaults.longestDelay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(defaults.deadline()).isEqualTo(Duration.ofHours(1));
        Duration second = Duration.ofSeconds(1);
        assertThat(defaults.withDeadline(second).deadline()).isEqualTo(second);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withDelays(Duration.ZERO, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withDelays(second.plusMillis(1), second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withDelays(second, Duration.ofSeconds(61)));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withDeadline(Duration.ZERO));
    }
}
