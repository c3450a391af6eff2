package dev.drey.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Those who stop sending hold their connections, and nothing that others need. */
@ExtendWith(Clusters.class)
class DreySlowClientsIT {

    /** More than the server has threads. */
    private static final int SLOW = 50;

    private final URI uri;
    private final HttpCalls http;
    private final List<UnfinishedRequest> slow = new ArrayList<>();

    DreySlowClientsIT(DreyCluster cluster) {
        uri = cluster.uri();
        http = new HttpCalls(uri);
    }

    @AfterEach
    void hangUp() throws IOException {
        for (UnfinishedRequest request : slow) {
            request.close();
        }
    }

    @Test
    void halfSentJsonKeepsNobodyWaiting() throws Exception {
        for (int i = 0; i < SLOW; i++) {
            slow.add(
                    UnfinishedRequest.post(
                            uri,
                            "/jars/no.jar/run",
                            "application/json",
                            "{\"entryClass\": \"org.example.Main\"}"));
        }

        requireOthersServed();

        for (UnfinishedRequest request : slow) {
            assertThat(request.isAnswered()).isFalse();
            assertThat(request.finish()).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void halfSentJarsKeepNobodyWaiting() throws Exception {
        for (int i = 0; i < SLOW; i++) {
            slow.add(
                    UnfinishedRequest.post(
                            uri,
                            "/jars/upload",
                            "multipart/form-data; boundary=b",
                            """
                            --b\r
                            Content-Disposition: form-data; name="jarfile"; filename="slow.jar"\r
                            \r
                            %s\r
                            --b--\r
                            """
                                    .formatted("x".repeat(10_000))));
        }

        requireOthersServed();

        for (UnfinishedRequest request : slow) {
            assertThat(request.isAnswered()).isFalse();
        }
    }

    private void requireOthersServed() throws Exception {
        for (int i = 0; i < SLOW; i++) {
            assertThat(http.get("/overview").statusCode()).isEqualTo(200);
            assertThat(http.send("DELETE", "/jars/no.jar", BodyPublishers.noBody()).statusCode())
                    .isEqualTo(400);
        }
    }
}
