package dev.drey.it.launch;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.DreyProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told to those who start it, and how. */
class DreyCommandLineIT {

    private static final int PORTS_FROM = 27_100;
    private static final int PORTS_TO = 27_199;

    @ParameterizedTest
    @CsvSource({"--help, --configDir", "--version, Apache Flink 2.3.0"})
    void helpAndVersionArePrinted(String option, String expected) {
        try (DreyProcess drey = DreyProcess.start("drey-information", option)) {
            assertThat(drey.awaitExit()).isZero();
            assertThat(drey.output()).contains(expected);
            assertThat(drey.errors()).isEmpty();
        }
    }

    @Test
    void unknownOptionIsNamed() {
        try (DreyProcess drey = DreyProcess.start("drey-unknown-option", "--nowhere")) {
            assertThat(drey.awaitExit()).isEqualTo(2);
            assertThat(drey.errors().get(0)).contains("--nowhere");
            assertThat(drey.output()).isEmpty();
        }
    }

    @Test
    void takenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DreyProcess drey =
                        DreyProcess.start(
                                "drey-taken-port", "-D", "rest.port=" + taken.getLocalPort())) {
            requireRefusedStart(drey, "rest.port", String.valueOf(taken.getLocalPort()));
        }
    }

    @ParameterizedTest
    @CsvSource({"rest.port, abc", "rest.bind-port, 12-x", "taskmanager.numberOfTaskSlots, many"})
    void valueThatDoesNotParseIsNamed(String key, String value) {
        try (DreyProcess drey = DreyProcess.start("drey-unparsable", "-D", key + "=" + value)) {
            requireRefusedStart(drey, key, value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobmanager", "attach"})
    void modesThatNeedAnAddressNameIt(String mode) {
        try (DreyProcess drey = DreyProcess.start("drey-no-address", mode)) {
            requireRefusedStart(drey, "jobmanager.rpc.address");
        }
    }

    @Test
    void demoIsForAClusterOfItsOwn() {
        try (DreyProcess drey = DreyProcess.start("drey-demo-attached", "attach", "--demo")) {
            requireRefusedStart(drey, "--demo", "attach");
        }
    }

    @Test
    void missingFolderIsNamed() {
        try (DreyProcess drey =
                DreyProcess.start("drey-missing-folder", "--configDir", "no/such/folder")) {
            requireRefusedStart(drey, "--configDir", "no/such/folder");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.yaml", "flink-conf.yaml"})
    void configurationFileIsRead(String name) throws Exception {
        Path folder = Artifacts.emptyFolder("drey-configured");
        // Nested keys are for the newer file alone; this form is read in both.
        Files.writeString(
                folder.resolve(name),
                """
                rest.bind-port: %d-%d
                taskmanager.numberOfTaskSlots: 7
                """
                        .formatted(PORTS_FROM, PORTS_TO));
        try (DreyProcess drey = DreyProcess.start(folder, "--configDir", folder.toString())) {
            URI uri = drey.awaitReady();

            assertThat(uri.getPort()).isBetween(PORTS_FROM, PORTS_TO);
            assertThat(drey.output().lines()).containsExactly("Drey is ready at " + uri);
            try (FlinkMonitoringClient flink =
                    FlinkMonitoringClient.builder().endpoint(uri.toString()).build()) {
                assertThat(answer(flink.cluster().overview()).slotsTotal()).isEqualTo(7);
            }
            drey.terminate();
        }
    }

    private static void requireRefusedStart(DreyProcess drey, String... named) {
        assertThat(drey.awaitExit()).isEqualTo(1);
        assertThat(drey.errors()).singleElement().asString().contains(named);
        assertThat(drey.output()).isEmpty();
    }
}
