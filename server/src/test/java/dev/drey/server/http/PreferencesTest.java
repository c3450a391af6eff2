package dev.drey.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handling=strict",
                "Handling=STRICT",
                "handling=\"strict\"",
                "handling=\"str\\ict\"",
                " handling = strict ",
                "respond-async, handling=strict, wait=10",
                "handling=strict; why=\"a, b; c\"",
                "respond-async; x=\"handling=lenient, y\", handling=strict",
                ",,handling=strict,",
                "handling=strict, handling=lenient"
            })
    void strictIsHeard(String header) {
        assertThat(Preferences.areStrict(List.of(header))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "handling",
                "handling=",
                "handling=lenient",
                "handling=lenient, handling=strict",
                "handling=strictly",
                "handling=\"str ict\"",
                "mishandling=strict",
                "x=\", handling=strict",
                "x=\"a\\\", handling=strict\"",
                "respond-async; handling=strict",
                "strict"
            })
    void allElseIsNotStrict(String header) {
        assertThat(Preferences.areStrict(List.of(header))).isFalse();
    }

    @Test
    void theFieldMayComeSeveralTimes() {
        assertThat(Preferences.areStrict(List.of("wait=10", "handling=strict"))).isTrue();
        assertThat(Preferences.areStrict(List.of("handling=lenient", "handling=strict"))).isFalse();
        assertThat(Preferences.areStrict(List.of())).isFalse();
    }
}
