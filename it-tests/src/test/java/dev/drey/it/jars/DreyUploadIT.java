package dev.drey.it.jars;

import static dev.drey.it.cluster.Await.answer;
import static dev.drey.it.cluster.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.error.FlinkRestException;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import dev.drey.it.http.HttpCalls;
import dev.drey.it.http.UnfinishedRequest;
import dev.drey.model.JarId;
import dev.drey.model.jars.JarListInfo.JarFileInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upload leaves on the server's disk. */
@ExtendWith(Clusters.class)
class DreyUploadIT {

    private static final String FORM = "multipart/form-data; boundary=b";

    private final URI uri;
    private final HttpCalls http;
    private final FlinkMonitoringClient flink;
    private final Path folder;

    DreyUploadIT(DreyCluster cluster) {
        uri = cluster.uri();
        http = new HttpCalls(uri);
        flink = cluster.client();
        folder = cluster.uploadFolder();
    }

    /** Other suites may have hung up on uploads a moment ago. */
    @BeforeEach
    void awaitEmptyFolder() throws Exception {
        Await.untilTrue("no upload is left of other suites", () -> stored().isEmpty());
    }

    @AfterEach
    void close() {
        flink.close();
    }

    @Test
    void brokenOffUploadLeavesNothing() throws Exception {
        try (UnfinishedRequest upload =
                UnfinishedRequest.post(
                        uri, "/jars/upload", FORM, form("half.jar", "x".repeat(1_000_000)))) {
            Await.untilTrue("the upload reaches the disk", () -> !stored().isEmpty());
            assertThat(upload.isAnswered()).isFalse();
        }

        Await.untilTrue("nothing is left of the upload", () -> stored().isEmpty());
    }

    @Test
    void whatIsNoJarIs400AndLeavesNothing(@TempDir Path local) throws Exception {
        Path text = Files.writeString(local.resolve("text.jar"), "no jar at all");

        failure(flink.jars().upload(text))
                .isInstanceOfSatisfying(
                        FlinkRestException.class,
                        refusal -> {
                            assertThat(refusal.status()).isEqualTo(400);
                            assertThat(refusal.errors())
                                    .singleElement()
                                    .asString()
                                    .contains("text.jar");
                        });

        assertThat(stored()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../escaped.jar",
                "/tmp/escaped.jar",
                "..\\..\\escaped.jar",
                "C:\\temp\\escaped.jar"
            })
    void fileNameIsNoPath(String fileName) throws Exception {
        String jar = Files.readString(Artifacts.jobJar(), StandardCharsets.ISO_8859_1);

        HttpResponse<String> uploaded =
                http.send(
                        "POST",
                        "/jars/upload",
                        BodyPublishers.ofString(form(fileName, jar), StandardCharsets.ISO_8859_1),
                        "Content-Type",
                        FORM);

        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(200);
        List<JarFileInfo> named =
                answer(flink.jars().list()).jarFileList().stream()
                        .filter(listed -> listed.name().equals("escaped.jar"))
                        .toList();
        assertThat(named).hasSize(1);
        JarId id = named.get(0).id();
        assertThat(stored()).containsExactly(folder.resolve(id.value()));
        answer(flink.jars().delete(id));
        assertThat(stored()).isEmpty();
    }

    private List<Path> stored() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String form(String fileName, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\n\r\n"
                        .formatted(fileName)
                + content
                + "\r\n--b--\r\n";
    }
}
