package dev.drey.it.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.logging.LogEntry;

class TrafficTest {

    private final Traffic traffic = new Traffic();

    @Test
    void aPageThatHasNotAskedIsNotQuiet() {
        assertThat(traffic.isQuiet()).isFalse();
    }

    @Test
    void aPageWaitsUntilItsLastAnswerIsRead() {
        ask("1", "GET", "http://127.0.0.1:1/jobs/overview");
        tell("Network.responseReceived", "1", "\"response\":{\"status\":200}");
        assertThat(traffic.isQuiet()).isFalse();

        tell("Network.loadingFinished", "1", "\"encodedDataLength\":1");

        assertThat(traffic.isQuiet()).isTrue();
        assertThat(traffic.failures()).isEmpty();
    }

    @Test
    void anErrorAndALostConnectionAreFailures() {
        ask("1", "GET", "http://127.0.0.1:1/jobs/fcdde284471d4d657fee885d2c23ac87?a=1");
        tell("Network.responseReceived", "1", "\"response\":{\"status\":404}");
        ask("2", "PATCH", "http://127.0.0.1:1/jobs");
        tell("Network.loadingFailed", "2", "\"errorText\":\"net::ERR_CONNECTION_RESET\"");

        assertThat(traffic.failures())
                .containsExactly(
                        "GET /jobs/<id>?a=<number> -> 404",
                        "PATCH /jobs -> net::ERR_CONNECTION_RESET");
    }

    @Test
    void whatThePageGivesUpIsNoFailure() {
        ask("1", "GET", "http://127.0.0.1:1/jobs");
        tell("Network.loadingFailed", "1", "\"errorText\":\"net::ERR_ABORTED\",\"canceled\":true");

        assertThat(traffic.failures()).isEmpty();
        assertThat(traffic.isQuiet()).isTrue();
    }

    private void ask(String id, String method, String url) {
        tell(
                "Network.requestWillBeSent",
                id,
                "\"type\":\"XHR\",\"request\":{\"method\":\"%s\",\"url\":\"%s\"}"
                        .formatted(method, url));
    }

    private void tell(String method, String id, String parameters) {
        String message =
                "{\"message\":{\"method\":\"%s\",\"params\":{\"requestId\":\"%s\",%s}}}"
                        .formatted(method, id, parameters);
        traffic.add(List.of(new LogEntry(Level.INFO, 0, message)));
    }
}
