package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.UnreadableAnswerException;
import dev.drey.client.transport.RetrySettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that are no success, and answers that are not the API's. */
class ErrorAnswersTest {

    @Test
    void refusalTellsWhatTheClusterSaid() {
        withAnswer(
                404,
                "application/json; charset=UTF-8",
                "{\"errors\":[\"There is no job.\\n\\tat a.B.c(B.java:1)\",\"Really.\"]}",
                client ->
                        assertFailure(client.cluster().overview())
                                .isInstanceOfSatisfying(
                                        FlinkRestException.class,
                                        refusal -> {
                                            assertThat(refusal.method()).isEqualTo("GET");
                                            assertThat(refusal.uri().getPath())
                                                    .isEqualTo("/v1/overview");
                                            assertThat(refusal.status()).isEqualTo(404);
                                            assertThat(refusal.errors())
                                                    .containsExactly(
                                                            "There is no job.\n"
                                                                    + "\tat a.B.c(B.java:1)",
                                                            "Really.");
                                            assertThat(refusal)
                                                    .isNotInstanceOf(
                                                            UnreadableAnswerException.class)
                                                    .hasMessage(
                                                            "GET %s answered 404: There is no job.;"
                                                                    + " Really.",
                                                            refusal.uri());
                                        }));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "7, PT7S",
                "0, PT0S",
                "'Tue, 24 Nov 2026 00:00:09 GMT', PT9S",
                "'Mon, 23 Nov 2026 00:00:09 GMT', PT0S",
                "soon, -",
                "-1, -"
            })
    void refusalTellsWhenToAskAgain(String header, Duration wait) {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection ->
                                        connection.send(
                                                "HTTP/1.1 409 Any\r\nRetry-After: "
                                                        + header
                                                        + "\r\nDate: Tue, 24 Nov 2026 00:00:00"
                                                        + " GMT\r\nContent-Length: 17\r\n\r\n"
                                                        + "{\"errors\":[\"no\"]}"));
                FlinkMonitoringClient client =
                        FlinkMonitoringClient.builder()
                                .endpoint(server.endpoint())
                                .retries(RetrySettings.NONE)
                                .build()) {
            assertFailure(client.cluster().overview())
                    .isInstanceOfSatisfying(
                            FlinkRestException.class,
                            refusal -> {
                                assertThat(refusal.retryAfter())
                                        .isEqualTo(Optional.ofNullable(wait));
                                assertThat(refusal.endpoint()).hasToString(server.endpoint());
                            });
        }
    }

    @Test
    void messageSkipsThePreambleOfStockFlink() {
        withAnswer(
                500,
                "application/json",
                Fixtures.text("error-internal"),
                client ->
                        assertFailure(client.cluster().overview())
                                .hasMessageEndingWith(
                                        "answered 500: Internal server error.;"
                                                + " java.util.concurrent.CompletionException:"
                                                + " org.apache.flink.runtime.rest.handler"
                                                + ".RestHandlerException: Jar file"
                                                + " /data/flink/upload/nope.jar does not exist"));
    }

    @Test
    void failureIsTheDirectCauseOfWhatJoinThrows() {
        withAnswer(
                500,
                "application/json",
                "{\"errors\":[\"No.\"]}",
                client ->
                        assertThatThrownBy(() -> client.cluster().overview().join())
                                .isInstanceOf(CompletionException.class)
                                .hasCauseInstanceOf(FlinkRestException.class)
                                .cause()
                                .hasNoCause());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | text/html | <html>Please log in</html> | <html>Please log in</html>",
                "502 | text/html | <html>Bad gateway</html> | <html>Bad gateway</html>",
                "200 | application/json | `` | its body is empty",
                "503 | application/json | `` | its body is empty",
                "200 | application/json | {\"taskmanagers\":1,\"slots | {\"taskmanagers\":1,\"slots",
                "500 | application/json | {\"errors\":[\"half | {\"errors\":[\"half",
                "200 | application/json | null | null",
                "404 | application/json | null | null",
                "404 | application/json | {\"message\":\"no route\"} | no route",
                "404 | application/json | [] | []",
                "404 | application/json | {\"errors\":[null]} | null",
                "200 | application/json | {\"taskmanagers\":\"many\"} | many",
                "200 | application/json | {} trailing | trailing",
                "200 | application/json | \"OK\" | \"OK\"",
                "200 | application/octet-stream | \u0000\u0001 | its body",
            })
    void whatIsNotOursIsSaidToBe(int status, String contentType, String body, String excerpt) {
        withAnswer(
                status,
                contentType,
                body,
                client ->
                        assertFailure(client.cluster().overview())
                                .isInstanceOfSatisfying(
                                        UnreadableAnswerException.class,
                                        answer -> {
                                            assertThat(answer.status()).isEqualTo(status);
                                            assertThat(answer.errors()).isEmpty();
                                            assertThat(answer)
                                                    .hasMessageContaining(
                                                            "answered %d, but not as Flink does"
                                                                    .formatted(status))
                                                    .hasMessageContaining(excerpt);
                                            assertThat(answer.getMessage().lines()).hasSize(1);
                                        }));
    }

    @Test
    void readersComplaintIsKept() {
        withAnswer(
                200,
                "text/html",
                "<html>",
                client ->
                        assertFailure(client.cluster().overview())
                                .hasCauseInstanceOf(JsonProcessingException.class));
    }

    @Test
    void longAnswersAreCutInTheMessage() {
        withAnswer(
                200,
                "text/html",
                "x".repeat(100_000),
                client ->
                        assertFailure(client.cluster().overview())
                                .satisfies(
                                        failure ->
                                                assertThat(failure.getMessage())
                                                        .contains("100000 characters")
                                                        .hasSizeLessThan(400)));
    }

    private static void withAnswer(
            int status, String contentType, String body, Consumer<FlinkMonitoringClient> test) {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> connection.answer(status, contentType, body));
                FlinkMonitoringClient client =
                        FlinkMonitoringClient.builder()
                                .endpoint(server.endpoint())
                                .retries(RetrySettings.NONE)
                                .build()) {
            test.accept(client);
        }
    }
}
