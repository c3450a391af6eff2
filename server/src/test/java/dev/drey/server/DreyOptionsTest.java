package dev.drey.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;

class DreyOptionsTest {

    @Test
    void keysAndDefaultsDoNotChangeUnnoticed() {
        assertThat(options())
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("drey.read.timeout", Duration.ofSeconds(10)),
                                Map.entry("drey.cache.max-entries", 1000),
                                Map.entry("drey.cache.max-size", MemorySize.ofMebiBytes(64)),
                                Map.entry("drey.jars.max-upload-size", MemorySize.ofMebiBytes(512)),
                                Map.entry("drey.jars.max-concurrent-uploads", 64),
                                Map.entry("drey.jars.max-concurrent-runs", 8),
                                Map.entry("drey.operations.max-entries", 10_000),
                                Map.entry("drey.rescaling.patience", Duration.ofSeconds(30)),
                                Map.entry("drey.wait.max", 256),
                                Map.entry("drey.attach.rest-url", "(none)"),
                                Map.entry("drey.events.max-streams", 256),
                                Map.entry("drey.events.max-entries", 1000),
                                Map.entry("drey.events.retention", Duration.ofMinutes(5)),
                                Map.entry("drey.events.heartbeat-interval", Duration.ofSeconds(15)),
                                Map.entry("drey.access-log.enabled", false)));
    }

    private static Map<String, Object> options() {
        return Arrays.stream(DreyOptions.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(
                        field -> {
                            try {
                                return (ConfigOption<?>) field.get(null);
                            } catch (IllegalAccessException e) {
                                throw new AssertionError(e);
                            }
                        })
                .collect(
                        Collectors.toMap(
                                ConfigOption::key,
                                option ->
                                        option.hasDefaultValue()
                                                ? option.defaultValue()
                                                : "(none)"));
    }
}
