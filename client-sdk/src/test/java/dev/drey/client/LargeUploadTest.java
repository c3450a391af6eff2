package dev.drey.client;

import static dev.drey.client.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An upload takes neither memory nor disk: it reads the file as fast as the server takes it. */
@Timeout(180)
class LargeUploadTest {
    private static final long LENGTH = 1L << 30;
    private static final String LAST_WORDS = "the end";

    @Test
    void aGibibyteGoesThroughASmallHeap(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("job \"1\".jar");
        try (RandomAccessFile sparse = new RandomAccessFile(jar.toFile(), "rw")) {
            sparse.seek(LENGTH - LAST_WORDS.length());
            sparse.writeBytes(LAST_WORDS);
        }
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        Path output = folder.resolve("output");
        CompletableFuture<Received> received = new CompletableFuture<>();
        try (FaultyServer server =
                FaultyServer.that(connection -> received.complete(receive(connection, scratch)))) {
            Process uploader =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx64m",
                                    "-XX:MaxDirectMemorySize=16m",
                                    "-Djava.io.tmpdir=" + scratch,
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Uploader.class.getName(),
                                    server.endpoint(),
                                    jar.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            try {
                assertThat(uploader.waitFor(2, TimeUnit.MINUTES)).isTrue();
                assertThat(uploader.exitValue()).as(Files.readString(output)).isZero();
            } finally {
                uploader.destroyForcibly();
            }
        }
        Received upload = await(received);
        assertThat(upload.head())
                .startsWith("POST /v1/jars/upload HTTP/1.1")
                .doesNotContainIgnoringCase("Expect:")
                .doesNotContainIgnoringCase("Transfer-Encoding:");
        assertThat(upload.start())
                .contains(
                        "Content-Disposition: form-data; name=\"jarfile\";"
                                + " filename=\"job %221%22.jar\"\r\n",
                        "Content-Type: application/x-java-archive\r\n\r\n");
        assertThat(upload.length()).isBetween(LENGTH, LENGTH + 1024);
        assertThat(upload.end()).contains(LAST_WORDS + "\r\n--").endsWith("--\r\n");
        assertThat(upload.scratchFiles()).isZero();
        assertThat(Files.readString(output)).contains("id_job.jar");
    }

    private static Received receive(FaultyServer.Connection connection, Path scratch)
            throws IOException {
        long length = Long.parseLong(connection.header("Content-Length"));
        InputStream in = connection.in();
        String start = new String(in.readNBytes(512), StandardCharsets.UTF_8);
        long count = 512;
        byte[] buffer = new byte[1 << 16];
        long scratchFiles = 0;
        while (count < length - 512) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, length - 512 - count));
            if (read < 0) {
                throw new IOException("The upload broke off at " + count);
            }
            count += read;
            if (count > length / 2 && scratchFiles == 0) {
                scratchFiles = countFiles(scratch);
            }
        }
        String end = new String(in.readNBytes(512), StandardCharsets.UTF_8);
        connection.answer(
                200,
                "application/json",
                "{\"filename\":\"/up/id_job.jar\",\"status\":\"success\"}");
        return new Received(connection.head(), start, count + 512, end, scratchFiles);
    }

    /** The JVM's own performance data lies elsewhere, so that any file here is the uploader's. */
    private static long countFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private record Received(
            String head, String start, long length, String end, long scratchFiles) {}

    /** The program of the small heap. */
    static final class Uploader {
        public static void main(String[] args) {
            try (FlinkMonitoringClient client =
                    FlinkMonitoringClient.builder().endpoint(args[0]).build()) {
                System.out.println(client.jars().upload(Path.of(args[1])).join().jarId());
            }
        }

        private Uploader() {}
    }
}
