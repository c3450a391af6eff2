package dev.drey.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiVersionFilterTest {

    @AutoClose private static final TestServer SERVER = TestServer.cluster().start();

    @ParameterizedTest
    @CsvSource({
        "/overview, /overview",
        "/v1/overview, /overview",
        "//v1/overview//, /overview",
        "/v1, /",
        "/v1/, /",
        "/, /",
        "/v2/overview, /v2/overview",
        "/V1/overview, /V1/overview",
        "/v1x/overview, /v1x/overview",
        "/v1/v1/overview, /v1/overview",
        "/jobs/v1, /jobs/v1"
    })
    void aKnownVersionIsNoPartOfTheRoute(String asked, String route) {
        assertThat(ApiVersionFilter.withoutVersion(asked)).isEqualTo(route);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/overview",
                "/v1/overview",
                "/overview/",
                "/overview//",
                "//overview",
                "///v1/overview/",
                "/overview?",
                "/v1/overview?x=1&x=2"
            })
    void versionsAndOuterSlashesDoNotChangeTheRequest(String path) {
        assertThat(SERVER.get(path).expect(200).json().get("taskmanagers").isInt()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v0/overview",
                "/v2/overview",
                "/v99/overview",
                "/V1/overview",
                "/v1/v1/overview",
                "/v1//overview",
                "/v1//evil/overview",
                "/v1",
                "/v1/",
                "/Overview",
                "/overview;a=b",
                "/v1/overview;a=b",
                "/overview/;",
                "/;/overview",
                "/over/view"
            })
    void nothingElseIsARoute(String path) {
        assertThat(SERVER.get(path).refused(404)).startsWith("Not found: ");
    }

    @Test
    void theQueryIsKeptWhereTheVersionIsTakenAway() {
        String job = "/v1/jobs/00000000000000000000000000000001/?mode=none&x=%20;";

        assertThat(SERVER.send("PATCH", job, "{}").refused(400)).contains("'none' is no mode");
    }

    @Test
    void aSemicolonIsPartOfAParameter() {
        assertThat(SERVER.get("/jobs/00000000000000000000000000000001;x=1").refused(400))
                .contains("'00000000000000000000000000000001;x=1' is no job id");
    }
}
