package dev.drey.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriCheckTest {

    @AutoClose private static final TestServer SERVER = TestServer.cluster().start();

    @ParameterizedTest
    @ValueSource(strings = {"/jobs/%zz", "/jobs/%4", "/jobs/%", "/%", "/jobs/a|b", "/a\\b", "/{a}"})
    void aPathThatIsNoUriIsRefusedAndNamed(String path) {
        assertThat(SERVER.get(path).refused(400)).contains("'" + path + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "=", "&&", "x=a|b", "x={y}", "x=\\", "{", "x=%C3%BC", "x=%ff"})
    void aQueryThatNobodyReadsDoesNotMatter(String query) {
        SERVER.get("/overview?" + query).expect(200);
        SERVER.get("/v1/overview?" + query).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=%zz", "x=%", "%zz=1"})
    void aQueryThatIsNoQueryIsRefused(String query) {
        SERVER.get("/overview?" + query).refused(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a|b", "[::1", "user@", "a:b:c"})
    void aHostThatIsNoHostIsRefused(String host) {
        SERVER.get("/overview", "Host: " + host).refused(400);
    }

    @Test
    void aRequestWithoutAHostIsAnswered() {
        try (TestServer.Connection connection = SERVER.connect()) {
            connection.send("GET /overview HTTP/1.0\r\n\r\n");

            connection.read().expect(200);
        }
    }

    @Test
    void aHeaderThatIsTooLongIsRefused() {
        TestServer.Answer answer = SERVER.get("/overview?" + "x".repeat(20_000));

        assertThat(answer.status()).isBetween(400, 499);
    }
}
