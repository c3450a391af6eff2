package dev.drey.server.jobmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.model.jobmanager.ConfigurationInfo;
import dev.drey.server.JsonTrees;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rest.messages.EnvironmentInfo;
import org.junit.jupiter.api.Test;

class ThisProcessTest {

    @Test
    void theConfigurationIsTheOneThatFlinkShows() {
        Configuration configuration = new Configuration();
        configuration.setString("rest.port", "8081");
        configuration.setString("security.ssl.rest.key-password", "secret");
        configuration.setString("some.token", "secret");

        String shown =
                JsonTrees.ofDrey(
                                new ConfigurationInfo(
                                        new ThisProcess(configuration, Runnable::run)
                                                .configuration()
                                                .join()))
                        .toString();

        assertThat(shown)
                .isEqualTo(
                        JsonTrees.ofFlink(
                                        org.apache.flink.runtime.rest.messages.ConfigurationInfo
                                                .from(configuration))
                                .toString())
                .contains("8081")
                .doesNotContain("secret");
    }

    @Test
    void theEnvironmentIsTheOneThatFlinkShows() {
        assertThat(
                        JsonTrees.ofDrey(
                                        new ThisProcess(new Configuration(), Runnable::run)
                                                .environment()
                                                .join())
                                .toString())
                .isEqualTo(JsonTrees.ofFlink(EnvironmentInfo.create()).toString());
    }
}
