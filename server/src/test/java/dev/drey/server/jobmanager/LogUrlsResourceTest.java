package dev.drey.server.jobmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogUrlsResourceTest {

    @AutoClose private static final TestServer SERVER = TestServer.cluster().noLeader().start();

    @ParameterizedTest
    @ValueSource(strings = {"00000000000000000000000000000001", "xyz", "a%20b"})
    void thePageOfTheJobManagerIsToldWhateverTheJob(String job) {
        assertThat(SERVER.get("/jobs/" + job + "/jobmanager/log-url").expect(200).body())
                .isEqualTo("{\"url\":\"%s/#/job-manager/logs\"}".formatted(SERVER.uri()));
    }

    @ParameterizedTest
    @CsvSource({
        "tm-1, tm-1",
        "localhost:40001-a1b2c3, localhost:40001-a1b2c3",
        "a%20%24%5C%C3%A9, 'a $\\é'",
        "%3Ctmid%3E, <tmid>"
    })
    void thePageOfATaskManagerIsToldWhateverItsId(String encoded, String id) {
        assertThat(
                        SERVER.get("/v1/jobs/xyz/taskmanagers/" + encoded + "/log-url")
                                .expect(200)
                                .json()
                                .get("url")
                                .textValue())
                .isEqualTo(SERVER.uri() + "/#/task-manager/" + id + "/logs");
    }
}
