package dev.drey.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drey.server.error.StartupException;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionCheckTest {

    @ParameterizedTest
    @CsvSource({
        "rest.port, many",
        "web.timeout, soon",
        "drey.read.timeout, soon",
        "drey.jars.max-upload-size, huge",
        "taskmanager.numberOfTaskSlots, 1.5",
        "jobmanager.scheduler, mine",
        "parallelism.default, x",
        "execution.checkpointing.interval, often"
    })
    void aValueThatDoesNotParseIsRefusedWithItsKey(String key, String value) {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> check(Map.of(key, value)))
                .satisfies(
                        refusal ->
                                assertThat(refusal.getMessage())
                                        .startsWith(key + ": '" + value + "'")
                                        .doesNotContain("\n"));
    }

    @Test
    void whatParsesAndWhatNobodyKnowsIsTaken() {
        assertThatCode(() -> check(Map.of("rest.port", "8081", "some.key", "some value")))
                .doesNotThrowAnyException();
    }

    private static void check(Map<String, String> options) throws StartupException {
        OptionCheck.requireReadable(Configuration.fromMap(options));
    }
}
