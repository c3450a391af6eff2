package dev.drey.server.jobmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.model.jobmanager.ConfigurationInfoEntry;
import dev.drey.model.jobmanager.EnvironmentInfo;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobManagerConverterTest {

    @ParameterizedTest
    @MethodSource("dev.drey.server.SensitiveKeys#all")
    void aSecretOfTheVirtualMachineIsHidden(String key) {
        assertThat(shown("-D" + key + "=a b=c")).isEqualTo("-D" + key + "=******");
        assertThat(shown("-D" + key.toUpperCase(Locale.ROOT) + "=a"))
                .isEqualTo("-D" + key.toUpperCase(Locale.ROOT) + "=******");
    }

    @ParameterizedTest
    @CsvSource({
        "-Xmx512m",
        "-Dmy.name=Ali",
        "-Dmy.name=a.password=b",
        "-Dmy.password",
        "-XX:OnError=token=a",
        "=",
        "''"
    })
    void allElseIsShown(String option) {
        assertThat(shown(option)).isEqualTo(option);
    }

    @ParameterizedTest
    @MethodSource("dev.drey.server.SensitiveKeys#all")
    void aSecretInOptionsForVirtualMachinesIsHidden(String key) {
        assertThat(
                        configured(
                                "env.java.opts.jobmanager",
                                "-Xmx1g -D%s=a$1 -Dmy.name=Ali -D%s=\"a b\" -D%s='a b' -ea"
                                        .formatted(key, key, key)))
                .isEqualTo(
                        "-Xmx1g -D%s=****** -Dmy.name=Ali -D%s=****** -D%s=****** -ea"
                                .formatted(key, key, key));
    }

    @Test
    void otherOptionsAreShownAsFlinkShowsThem() {
        String value = "-Dmy.password=no option of a virtual machine";

        assertThat(configured("my.name", value)).isEqualTo(value);
        assertThat(configured("env.java.opts.all", "-Xmx1g -Dname=$1\\ -ea"))
                .isEqualTo("-Xmx1g -Dname=$1\\ -ea");
    }

    private static String shown(String option) {
        return JobManagerConverter.environment(
                        new EnvironmentInfo(
                                new EnvironmentInfo.JVMInfo("17", "x86", List.of(option)),
                                List.of()))
                .jvm()
                .options()
                .get(0);
    }

    private static String configured(String key, String value) {
        return JobManagerConverter.configuration(List.of(new ConfigurationInfoEntry(key, value)))
                .entries()
                .get(0)
                .value();
    }
}
