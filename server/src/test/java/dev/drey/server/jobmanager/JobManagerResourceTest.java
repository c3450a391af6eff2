package dev.drey.server.jobmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import dev.drey.server.SensitiveKeys;
import dev.drey.server.TestServer;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.rest.messages.EnvironmentInfo;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobManagerResourceTest {

    private static final String UNKNOWN = "deadbeefdeadbeefdeadbeefdeadbeef";

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .noLeader()
                    .set(WebOptions.CHECKPOINTS_HISTORY_SIZE, 17)
                    .set(SecurityOptions.SSL_REST_KEY_PASSWORD, "secret")
                    .start();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobmanager/config",
                "/jobs/" + UNKNOWN + "/jobmanager/config",
                "/applications/" + UNKNOWN + "/jobmanager/config"
            })
    void theConfigurationIsShownWhateverTheJob(String path) {
        JsonNode options = SERVER.get(path).expect(200).json();

        assertThat(options)
                .contains(
                        JsonTrees.of("{\"key\":\"web.checkpoints.history\",\"value\":\"17\"}"),
                        JsonTrees.of(
                                "{\"key\":\"security.ssl.rest.key-password\",\"value\":\"******\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobmanager/config",
                "/jobs/" + UNKNOWN + "/jobmanager/config",
                "/applications/" + UNKNOWN + "/jobmanager/config"
            })
    void noSecretIsShown(String path) {
        TestServer.Builder cluster = TestServer.cluster().noLeader();
        SensitiveKeys.all()
                .forEach(
                        key ->
                                cluster.set(
                                        ConfigOptions.key(key).stringType().noDefaultValue(),
                                        "hunter2"));
        try (TestServer server = cluster.start()) {
            assertThat(server.get(path).expect(200).body())
                    .contains(SensitiveKeys.all())
                    .doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/jobmanager/environment", "/jobs/" + UNKNOWN + "/jobmanager/environment"})
    void theEnvironmentIsShownWhateverTheJob(String path) {
        assertThat(SERVER.get(path).expect(200).json())
                .isEqualTo(JsonTrees.ofFlink(EnvironmentInfo.create()));
    }

    @ParameterizedTest
    @CsvSource({
        "/jobs/x/jobmanager/config, jobid",
        "/jobs/x/jobmanager/environment, jobid",
        "/applications/x/jobmanager/config, applicationid"
    })
    void anIdThatIsNoneIsRefused(String path, String parameter) {
        assertThat(SERVER.get(path).refused(400)).contains("Parameter '" + parameter + "'");
    }

    @Test
    void thereIsNoEnvironmentOfAnApplication() {
        SERVER.get("/applications/" + UNKNOWN + "/jobmanager/environment").refused(404);
    }
}
