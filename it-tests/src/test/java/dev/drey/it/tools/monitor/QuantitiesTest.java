package dev.drey.it.tools.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "-5, 0s",
        "0, 0s",
        "59, 59s",
        "60, 1m00s",
        "3599, 59m59s",
        "3600, 1h00m",
        "86399, 23h59m",
        "86400, 1d00h",
    })
    void ageIsShort(long seconds, String text) {
        assertThat(Quantities.age(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0ms", "0, 0ms", "999, 999ms", "1000, 1.0s", "59999, 59.9s", "60000, 1m00s"})
    void timeIsShort(long millis, String text) {
        assertThat(Quantities.time(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0B",
        "999, 999B",
        "1000, 1.0kB",
        "999949, 999.9kB",
        "999950, 1.0MB",
        "1234567890, 1.2GB",
        "9223372036854775807, 9.2EB",
    })
    void bytesAreShort(long bytes, String text) {
        assertThat(Quantities.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0%", "0.004, 0%", "0.986, 99%", "1, 100%", "NaN, -"})
    void shareIsPercent(double share, String text) {
        assertThat(Quantities.percent(share)).isEqualTo(text);
    }
}
