package dev.drey.client.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.error.FlinkConnectionException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstancesTest {
    private static final Map<URI, String> SEEN =
            Map.of(
                    URI.create("http://flink"), "a",
                    URI.create("http://flink-2/"), "b",
                    URI.create("http://flink:80"), "c",
                    URI.create("http://flink:8081/proxy"), "d");

    @ParameterizedTest
    @CsvSource({
        "http://flink/v1/jobs, a",
        "http://flink-2/v1/jobs, b",
        "http://flink:80/v1/jobs, c",
        "http://flink:8081/proxy/v1/jobs, d",
        "http://flink:8081/v1/jobs,",
        "http://other/v1/jobs,"
    })
    void whoWasAskedIsToldByTheWholeAddress(String uri, String instance) {
        FlinkConnectionException lost =
                new FlinkConnectionException(
                        "POST", URI.create(uri), true, new IOException("reset"));

        assertThat(Instances.asked(lost, SEEN).map(Instances.Peer::instance).orElse(null))
                .isEqualTo(instance);
    }
}
