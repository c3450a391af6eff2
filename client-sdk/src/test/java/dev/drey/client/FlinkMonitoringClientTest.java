package dev.drey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.drey.client.async.PollSettings;
import dev.drey.client.transport.RetrySettings;
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
    void noEndpointsAreNone() {
        assertThatIllegalStateException()
                .isThrownBy(() -> FlinkMonitoringClient.builder().endpoints().build());
    }

    @Test
    void secretsAreInNoComplaint() {
        FlinkMonitoringClient.Builder builder = FlinkMonitoringClient.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.header("X-Key", "sesame\n"))
                .withMessageContaining("X-Key")
                .withMessageNotContaining("sesame");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.basicAuthentication("a:b", "sesame"))
                .withMessageNotContaining("sesame");
    }

    @Test
    void retriesAreChecked() {
        RetrySettings defaults = RetrySettings.DEFAULT;
        assertThat(defaults.maxPauses()).isEqualTo(7);
        assertThat(defaults.firstPause()).isEqualTo(Duration.ofMillis(100));
        assertThat(defaults.longestPause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.budget()).isEqualTo(100);
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withMaxPauses(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withBudget(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withPauses(Duration.ZERO, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withPauses(second.plusMillis(1), second));
    }

    @Test
    void timeoutsArePositive() {
        FlinkMonitoringClient.Builder builder = FlinkMonitoringClient.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.requestTimeout(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.connectTimeout(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.attemptTimeout(Duration.ofMillis(-1)));
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
