package dev.drey.it.tools.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ReasonTest {

    private static final URI ASKED = URI.create("http://127.0.0.1:8081/v1/jobs");

    @Test
    void reasonIsTheFirstLineOfTheCause() {
        assertThat(
                        Reason.of(
                                new CompletionException(
                                        new IllegalStateException("\n It broke.\n  at here"))))
                .isEqualTo("It broke.");
    }

    @Test
    void refusalIsWhatTheClusterSays() {
        assertThat(
                        Reason.of(
                                new FlinkRestException(
                                        "POST", ASKED, 400, List.of("No folder.\n at", "more"))))
                .isEqualTo("No folder.");
    }

    @Test
    void brokenConnectionIsWhatHappenedToIt() {
        assertThat(
                        Reason.of(
                                new FlinkConnectionException(
                                        "GET",
                                        ASKED,
                                        new IOException("outer", new ConnectException("refused")))))
                .isEqualTo("refused");
    }

    @Test
    void failureWithoutAMessageIsNamed() {
        assertThat(Reason.of(new IllegalStateException())).isEqualTo("IllegalStateException");
        assertThat(Reason.of(new FlinkRestException("GET", ASKED, 502, List.of())))
                .contains("answered 502");
    }
}
