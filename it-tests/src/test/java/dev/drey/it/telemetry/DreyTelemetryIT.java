package dev.drey.it.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.DreyProcess;
import dev.drey.it.http.HttpCalls;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One server, to which a secret is told in every way and for every key that Flink hides. */
class DreyTelemetryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECRET = "hunter2";

    private static Path folder;
    private static DreyProcess drey;
    private static HttpCalls calls;

    @BeforeAll
    static void start() throws Exception {
        folder = Artifacts.emptyFolder("drey-telemetry");
        Files.writeString(
                folder.resolve("config.yaml"),
                sensitive()
                                .map(part -> "of.file.%s.x: %s%n".formatted(part, SECRET))
                                .collect(Collectors.joining())
                        + "env.java.opts.all: -Dof.options.password="
                        + SECRET
                        + "\n");
        drey =
                DreyProcess.start(
                        folder,
                        Stream.concat(
                                        Stream.of("-Xmx512m"),
                                        sensitive()
                                                .map(
                                                        part ->
                                                                "-Dof.jvm.%s.x=%s"
                                                                        .formatted(part, SECRET)))
                                .toList(),
                        Stream.concat(
                                        Stream.of(
                                                "--configDir",
                                                folder.toString(),
                                                "-Drest.bind-port=0",
                                                "-Ddrey.access-log.enabled=true"),
                                        sensitive()
                                                .map(
                                                        part ->
                                                                "-Dof.line.%s.x=%s"
                                                                        .formatted(part, SECRET)))
                                .toArray(String[]::new));
        calls = new HttpCalls(drey.awaitReady());
    }

    @AfterAll
    static void stop() {
        drey.close();
    }

    @Test
    void noSecretIsToldOrWritten() throws Exception {
        String configuration = calls.get("/jobmanager/config").body();
        String environment = calls.get("/jobmanager/environment").body();
        for (String part : sensitive().toList()) {
            assertThat(configuration).contains("of.file." + part + ".x", "of.line." + part + ".x");
            assertThat(environment).contains("-Dof.jvm." + part + ".x=******");
        }
        assertThat(configuration).contains("-Dof.options.password=******").doesNotContain(SECRET);
        assertThat(environment).doesNotContain(SECRET);

        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(read(file)).doesNotContain(SECRET));
        }
        assertThat(drey.output() + drey.errors()).doesNotContain(SECRET);
    }

    @Test
    void theIdOfARequestLeadsToItsLines() throws Exception {
        calls.send("GET", "/nowhere?x=1", BodyPublishers.noBody(), "X-Request-Id", "it-telemetry");

        String line =
                Await.until(
                        "the request is in the access log",
                        PATIENCE,
                        () -> first("drey-access.log", "it-telemetry"));
        assertThat(line)
                .containsPattern(
                        " it-telemetry 127\\.0\\.0\\.1 \"GET /nowhere\\?x=1 HTTP/1\\.1\" 404 \\d+ \\d+\\.\\d+ \"");
        assertThat(first("drey.log", "Request it-telemetry: GET /nowhere answered 404"))
                .isPresent();
    }

    private static Optional<String> first(String log, String part) {
        Path file = folder.resolve("log").resolve(log);
        return Files.exists(file)
                ? read(file).lines().filter(line -> line.contains(part)).findFirst()
                : Optional.empty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Flink's list, which the server's own tests read from Flink itself. */
    private static Stream<String> sensitive() {
        return Stream.of(
                "password",
                "secret",
                "fs.azure.account.key",
                "apikey",
                "api-key",
                "auth-params",
                "service-key",
                "token",
                "basic-auth",
                "jaas.config",
                "http-headers");
    }
}
