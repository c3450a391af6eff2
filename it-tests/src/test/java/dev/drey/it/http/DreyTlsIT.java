package dev.drey.it.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.transport.TlsSettings;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.DreyProcess;
import dev.drey.it.cluster.FlinkCommandLine;
import dev.drey.it.cluster.StockCluster;
import dev.drey.it.cluster.TlsStores;
import dev.drey.it.example.CountingJob;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged server, which speaks TLS and authenticates its clients. */
@Timeout(240)
class DreyTlsIT {

    private static final Pattern SUBMITTED =
            Pattern.compile("Job has been submitted with JobID ([0-9a-f]{32})");
    private static final Pattern SCRIPT = Pattern.compile("src=\"(main\\.[^\"]+\\.js)\"");

    private static TlsStores stores;
    private static DreyProcess drey;
    private static URI uri;

    @BeforeAll
    static void start() throws Exception {
        stores = TlsStores.make("tls-stores");
        drey = DreyProcess.start(configured("drey-tls"), arguments());
        uri = drey.awaitReady();
    }

    @AfterAll
    static void stop() {
        drey.close();
    }

    @Test
    void whoShowsACertificateIsServedAndTheDashboardIsToo() throws Exception {
        assertThat(uri).hasScheme("https");
        HttpCalls calls = new HttpCalls(uri, stores.client());

        assertThat(calls.get("/config").statusCode()).isEqualTo(200);
        HttpResponse<String> index = calls.get("/");
        assertThat(index.statusCode()).isEqualTo(200);
        Matcher script = SCRIPT.matcher(index.body());
        assertThat(script.find()).as(index.body()).isTrue();
        assertThat(calls.get("/" + script.group(1)).body()).hasSizeGreaterThan(1 << 16);
    }

    @Test
    void whoShowsNoneIsRefusedAndTheLogSaysSo() throws Exception {
        HttpCalls calls = new HttpCalls(uri, stores.anybody());

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> calls.get("/config"));
        Await.untilTrue(
                "the log says so",
                () ->
                        Pattern.compile(
                                        "TLS with 127\\.0\\.0\\.1:\\d+ has failed: Empty client certificate chain\\R(?!\\tat )")
                                .matcher(drey.log())
                                .find());
    }

    @Test
    void aClusterThatSpeaksTlsIsAttachedTo() throws Exception {
        try (StockCluster cluster = StockCluster.start("tls-stock", stores);
                DreyProcess attached =
                        DreyProcess.start(
                                "drey-tls-attached",
                                cluster.attachArguments().toArray(String[]::new))) {
            HttpCalls calls = new HttpCalls(attached.awaitReady(), stores.client());

            Await.untilTrue(
                    "the cluster is served",
                    () -> calls.get("/jobmanager/config").statusCode() == 200);
            assertThat(calls.get("/jobmanager/environment").body()).contains("classpath");
            assertThat(calls.get("/overview").body()).contains("\"slots-total\":4");
        }
    }

    @Test
    void flinksCommandLineRunsAJob() throws Exception {
        FlinkCommandLine command =
                FlinkCommandLine.of(() -> uri, "cli-tls", stores.configuration("client"));
        HttpCalls calls = new HttpCalls(uri, stores.client());

        String said =
                command.call(
                                "run",
                                "-d",
                                "-c",
                                CountingJob.class.getName(),
                                Artifacts.jobJar().toString())
                        .succeeded();

        Matcher submitted = SUBMITTED.matcher(said);
        assertThat(submitted.find()).as(said).isTrue();
        String job = submitted.group(1);
        Await.untilTrue(
                "the job runs",
                () -> calls.get("/jobs/" + job + "/status").body().contains("RUNNING"));
        assertThat(command.call("list").succeeded()).contains(job);
        assertThat(command.call("cancel", job).succeeded()).contains("Cancelled job " + job);
    }

    @Test
    void theSdkShowsItsCertificate() throws Exception {
        try (FlinkMonitoringClient flink =
                FlinkMonitoringClient.builder()
                        .endpoint(uri.toString())
                        .tls(TlsSettings.of(stores.client()))
                        .build()) {
            assertThat(Await.answer(flink.cluster().overview()).slotsTotal()).isEqualTo(4);
        }
    }

    @Test
    void aPasswordThatIsWrongIsOneLine() throws Exception {
        try (DreyProcess wrong =
                DreyProcess.start(
                        configured("drey-tls-wrong"),
                        arguments("-Dsecurity.ssl.rest.keystore-password=wrong"))) {
            assertThat(wrong.awaitExit()).isEqualTo(1);
            assertThat(wrong.errors())
                    .containsExactly(
                            "drey-server: security.ssl.rest.keystore-password: it is not the password of "
                                    + stores.of("server"));
        }
    }

    private static Path configured(String name) throws IOException {
        Path folder = Artifacts.emptyFolder(name);
        Files.write(folder.resolve("config.yaml"), List.of(stores.configuration("server")));
        return folder;
    }

    private static String[] arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--configDir", ".", "-Drest.bind-port=0"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
