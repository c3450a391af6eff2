package dev.drey.server.modes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.blob.TransientBlobKey;
import org.apache.flink.runtime.blob.TransientBlobService;
import org.apache.flink.runtime.blob.VoidBlobStore;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobServersTest {

    private static final String HOST = "127.0.0.1";

    @TempDir private Path folder;

    private final Configuration configuration = new Configuration();
    private BlobServer own;
    private BlobServer others;

    @BeforeEach
    void start() throws IOException {
        configuration.set(WebOptions.TMP_DIR, folder.resolve("web").toString());
        own = blobServer("own");
        others = blobServer("others");
    }

    @AfterEach
    void stop() throws IOException {
        own.close();
        others.close();
    }

    @Test
    void aFileIsReadWhereItsLeaderIs() throws IOException {
        try (BlobServers blobs = BlobServers.with(own, HOST, configuration)) {
            assertThat(leadBy(blobs, own)).isSameAs(own);

            TransientBlobKey key = others.putTransient("log".getBytes(UTF_8));
            TransientBlobService fetched = leadBy(blobs, others);
            assertThat(fetched.getFile(key)).hasContent("log");
            assertThat(fetched.deleteFromCache(key)).isTrue();

            assertThat(leadBy(blobs, own)).isSameAs(own);
        }
        assertThat(folder.resolve("web")).isEmptyDirectory();
    }

    @Test
    void theSamePortOfAnotherHostIsAnothers() throws IOException {
        try (BlobServers blobs = BlobServers.with(own, "another-host", configuration)) {
            assertThat(leadBy(blobs, own)).isNotSameAs(own);
        }
    }

    @Test
    void whereNobodyLeadsEveryFileIsFetched() throws IOException {
        try (BlobServers blobs = BlobServers.ofOthers(configuration)) {
            for (BlobServer leaders : new BlobServer[] {own, others}) {
                TransientBlobKey key = leaders.putTransient("log".getBytes(UTF_8));

                assertThat(leadBy(blobs, leaders).getFile(key)).hasContent("log");
            }
        }
    }

    private static TransientBlobService leadBy(BlobServers blobs, BlobServer leaders) {
        return blobs.of(
                        TestingDispatcherGateway.newBuilder()
                                .setHostname(HOST)
                                .setBlobServerPort(leaders.getPort())
                                .build())
                .join();
    }

    private BlobServer blobServer(String name) throws IOException {
        BlobServer server =
                new BlobServer(configuration, folder.resolve(name).toFile(), new VoidBlobStore());
        server.start();
        return server;
    }
}
