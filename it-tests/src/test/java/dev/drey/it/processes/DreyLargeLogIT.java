package dev.drey.it.processes;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.transport.Download;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.DreyProcess;
import dev.drey.it.http.HttpCalls;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log that is larger than the server's memory, and readers who take their time. */
class DreyLargeLogIT {

    /** Four times the heap. */
    private static final long LARGE = 2L << 30;

    /** More than the server has threads. */
    private static final int SLOW = 100;

    private static final int NARROW = 2048;
    private static final String PATH = "/jobmanager/logs/large.log";

    @Test
    void sizeAndSlownessCostNeitherMemoryNorThreads() throws Exception {
        Path folder = Artifacts.emptyFolder("drey-large-log");
        Path file = Files.createDirectory(folder.resolve("log")).resolve("large.log");
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            log.setLength(LARGE);
        }
        List<Socket> slow = new ArrayList<>();
        try (DreyProcess drey = DreyProcess.start(folder, "-D", "rest.bind-port=0")) {
            URI uri = drey.awaitReady();
            HttpCalls http = new HttpCalls(uri);
            for (int i = 0; i < SLOW; i++) {
                slow.add(ask(uri));
            }
            for (int i = 0; i < SLOW; i++) {
                assertThat(http.get("/overview").statusCode()).isEqualTo(200);
            }
            requireWhole(uri);
            requireEnd(http);
        } finally {
            for (Socket reader : slow) {
                reader.close();
            }
            Files.delete(file);
        }
    }

    private static void requireWhole(URI uri) throws IOException {
        try (FlinkMonitoringClient flink =
                        FlinkMonitoringClient.builder().endpoint(uri.toString()).build();
                Download download = answer(flink.jobManager().log("large.log"))) {
            assertThat(download.length()).hasValue(LARGE);
            download.skipNBytes(LARGE);
            assertThat(download.read()).isEqualTo(-1);
        }
    }

    private static void requireEnd(HttpCalls http) throws Exception {
        HttpResponse<String> end =
                http.send("GET", PATH, BodyPublishers.noBody(), "Range", "bytes=-3");

        assertThat(end.statusCode()).isEqualTo(206);
        assertThat(end.body()).isEqualTo("\0\0\0");
        assertThat(end.headers().firstValue("Content-Range"))
                .contains("bytes %d-%d/%d".formatted(LARGE - 3, LARGE - 1, LARGE));
    }

    /** A reader who takes the first byte of the answer, and no more. */
    private static Socket ask(URI uri) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(NARROW);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.getOutputStream()
                .write(
                        "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n"
                                .formatted(PATH, uri.getAuthority())
                                .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }
}
