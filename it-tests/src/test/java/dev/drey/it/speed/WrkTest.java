package dev.drey.it.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.it.speed.Wrk.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrkTest {

    private static final String PRINTED =
            """
            Running 1s test @ http://127.0.0.1:8081/config
              1 threads and 5 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     5.29ms    6.01ms  37.82ms   89.59%
                Req/Sec     1.25k   277.61     1.78k    70.00%
              Latency Distribution
                 50%    2.94ms
                 75%    6.37ms
                 90%   11.72ms
                 99%   31.46ms
              1243 requests in 1.01s, 631.39KB read
            Requests/sec:   1233.93
            Transfer/sec:    626.78KB
            """;

    @Test
    void readsThroughputAndLatency() {
        Measurement measurement = Measurement.parse(PRINTED);

        assertThat(measurement.requestsPerSecond()).isEqualTo(1233.93);
        assertThat(measurement.p99Millis()).isEqualTo(31.46);
        assertThat(measurement.errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"250.00us, 0.25", "3.00s, 3000", "1.50m, 90000"})
    void readsEveryUnit(String printed, double millis) {
        assertThat(Measurement.parse(PRINTED.replace("31.46ms", printed)).p99Millis())
                .isEqualTo(millis);
    }

    @Test
    void readsBothKindsOfErrors() {
        String sockets = "Socket errors: connect 0, read 3, write 0, timeout 0";
        String answers = "Non-2xx or 3xx responses: 1243";

        Measurement measurement =
                Measurement.parse(
                        PRINTED.replace(
                                "Requests/sec",
                                "  %s\n  %s\nRequests/sec".formatted(sockets, answers)));

        assertThat(measurement.errors()).containsExactly(sockets, answers);
    }

    @Test
    void namesWhatIsNotThere() {
        assertThatThrownBy(() -> Measurement.parse("unable to connect"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("unable to connect");
    }
}
