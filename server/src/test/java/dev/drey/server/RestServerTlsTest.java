package dev.drey.server;

import static dev.drey.server.TestStores.PASSWORD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.drey.server.TestServer.Connection;
import dev.drey.server.error.StartupException;
import dev.drey.server.http.Tls;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.WebOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestServerTlsTest {

    private static final Path LOG = Path.of("target/unit-tests.log");
    private static final int MORE_THAN_THREADS = 40;
    private static final long LARGE = 16L << 20;

    /** How a client begins that does not go on: the header of a record that does not come. */
    private static final byte[] BEGINNING = {22, 3, 1, 1, 0, 1};

    @TempDir private static Path folder;
    private static TestStores stores;

    private final Configuration options = stores.configuration("server");

    @BeforeAll
    static void makeStores() {
        stores = TestStores.make(folder);
    }

    @Test
    void itSaysThatItIsHttpsAndServesOnOverOneConnection() {
        try (TestServer server = start(stores.anybody());
                Connection connection = server.connect()) {
            assertThat(server.uri()).hasScheme("https");
            for (int i = 0; i < 3; i++) {
                connection.send(server.request("GET", "/config", null));
                connection.read().expect(200);
            }
            assertThat(server.get("/jars").expect(200).json().get("address").textValue())
                    .isEqualTo(server.uri().toString());
        }
    }

    @Test
    void itSendsAndTakesWhatIsLargerThanARecord() throws IOException {
        Path log = folder.resolve("jm.log");
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(LARGE);
        }
        try (TestServer server = cluster().set(WebOptions.LOG_PATH, log.toString()).start();
                Connection slow = server.connectNarrowly()) {
            slow.send(server.request("GET", "/jobmanager/log", null));
            slow.readHead().expect(200);

            assertThat(
                            server.upload(new TestServer.Form().file("a.txt", new byte[1 << 20]))
                                    .refused(400))
                    .contains("jar");
            slow.skip(LARGE);
            slow.send(server.request("GET", "/config", null));
            slow.read().expect(200);
        }
    }

    @Test
    void itsOwnPagesMayWriteAndThoseOfTheSameHostWithoutTlsMayNot() {
        try (TestServer server = start(stores.anybody())) {
            String path = "/jars/x.jar/run";

            assertThat(
                            server.send("POST", path, "{}", "Origin: http://" + server.authority())
                                    .refused(403))
                    .contains("http://" + server.authority());
            server.send("POST", path, "{}", "Origin: https://" + server.authority()).refused(404);
        }
    }

    @Test
    void whoSpeaksPlainHttpIsLeftAtOnce() {
        try (TestServer server = start(stores.anybody());
                Connection plain = server.connectAs(null)) {
            plain.send(server.request("GET", "/config", null));

            assertThat(plain.isAtEnd()).isTrue();
            logged(plain, "plaintext");
        }
    }

    @Test
    void whoBeginsAHandshakeAndDoesNotGoOnHoldsNoThread() {
        try (TestServer server = start(stores.anybody())) {
            List<Connection> stalled =
                    Stream.generate(() -> server.connectAs(null)).limit(MORE_THAN_THREADS).toList();
            stalled.forEach(connection -> connection.send(BEGINNING));

            server.get("/config").expect(200);
            stalled.forEach(Connection::close);
        }
    }

    @Test
    void aSecondHandshakeIsTheEnd() throws IOException {
        try (TestServer server = start(stores.anybody())) {
            List<SSLSocket> again =
                    Stream.generate(() -> newSocket(server)).limit(MORE_THAN_THREADS).toList();
            for (SSLSocket socket : again) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.startHandshake();
                // The hello of the second one goes out with this; nothing is read, so it stalls.
                socket.startHandshake();
            }
            server.get("/config").expect(200);
            for (SSLSocket socket : again) {
                socket.close();
            }
        }
    }

    @Test
    void whoIsTrustedIsServed() {
        options.set(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED, true);
        try (TestServer server = start(stores.client("client"))) {
            server.get("/config").expect(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoIsNotTrustedIsRefusedAndTheLogSaysWhy(String protocol) {
        options.set(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED, true);
        options.set(SecurityOptions.SSL_PROTOCOL, protocol);
        options.set(
                SecurityOptions.SSL_ALGORITHMS,
                "TLS_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        try (TestServer server = start(stores.client("client"))) {
            server.get("/config").expect(200);
            refused(server, stores.anybody(), "Empty client certificate chain");
            refused(server, stores.client("stranger"), "PKIX path");
        }
    }

    @Test
    void ofThoseWhoAreTrustedOnlyTheOneWithTheFingerprintIsServed() throws Exception {
        options.set(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED, true);
        options.set(SecurityOptions.SSL_REST_CERT_FINGERPRINT, fingerprint("client"));
        try (TestServer server = start(stores.client("client"))) {
            server.get("/config").expect(200);
            refused(server, stores.client("server"), "fingerprint");
        }
    }

    @Test
    void aProtocolAndAlgorithmsThatAreSetAreTheOnlyOnes() throws IOException {
        options.set(SecurityOptions.SSL_PROTOCOL, "TLSv1.2");
        options.set(SecurityOptions.SSL_ALGORITHMS, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        try (TestServer server = start(stores.anybody());
                SSLSocket socket = newSocket(server)) {
            socket.startHandshake();

            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(socket.getSession().getCipherSuite())
                    .isEqualTo("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
            try (SSLSocket other = newSocket(server)) {
                other.setEnabledProtocols(new String[] {"TLSv1.3"});
                assertThatExceptionOfType(SSLException.class)
                        .isThrownBy(other::startHandshake)
                        .withMessageContaining("alert: protocol_version");
            }
        }
    }

    @Test
    void withoutOptionsOfItsOwnItTakesThoseThatAllShare() {
        for (String option :
                List.of(
                        "keystore",
                        "keystore-password",
                        "key-password",
                        "truststore",
                        "truststore-password")) {
            options.setString(
                    "security.ssl." + option, options.toMap().get("security.ssl.rest." + option));
            options.removeKey("security.ssl.rest." + option);
        }
        options.set(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED, true);
        try (TestServer server = start(stores.client("client"))) {
            server.get("/config").expect(200);
        }
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(
                        "Neither security.ssl.rest.keystore nor security.ssl.keystore is set",
                        options -> options.removeConfig(SecurityOptions.SSL_REST_KEYSTORE)),
                new Mistake(
                        "Neither security.ssl.rest.keystore-password nor",
                        options ->
                                options.removeConfig(SecurityOptions.SSL_REST_KEYSTORE_PASSWORD)),
                new Mistake(
                        "Neither security.ssl.rest.key-password nor",
                        options -> options.removeConfig(SecurityOptions.SSL_REST_KEY_PASSWORD)),
                new Mistake(
                        "security.ssl.rest.keystore: there is no file /nowhere.p12",
                        options -> options.set(SecurityOptions.SSL_REST_KEYSTORE, "/nowhere.p12")),
                new Mistake(
                        "security.ssl.rest.keystore: /proc/self/status cannot be read: ",
                        options ->
                                options.set(
                                        SecurityOptions.SSL_REST_KEYSTORE, "/proc/self/status")),
                new Mistake(
                        "security.ssl.rest.keystore: %s has no key".formatted(stores.trusted()),
                        options ->
                                options.set(
                                        SecurityOptions.SSL_REST_KEYSTORE,
                                        stores.trusted().toString())),
                new Mistake(
                        "security.ssl.rest.keystore-password: it is not the password of ",
                        options ->
                                options.set(SecurityOptions.SSL_REST_KEYSTORE_PASSWORD, "wrong")),
                new Mistake(
                        "security.ssl.rest.key-password: it is not the password of the key in ",
                        options -> options.set(SecurityOptions.SSL_REST_KEY_PASSWORD, "wrong")),
                new Mistake(
                        "security.ssl.rest.keystore-type: the JDK knows no 'PEM'",
                        options -> options.set(SecurityOptions.SSL_REST_KEYSTORE_TYPE, "PEM")),
                new Mistake(
                        "Neither security.ssl.rest.truststore nor security.ssl.truststore is set",
                        options -> {
                            options.removeConfig(SecurityOptions.SSL_REST_TRUSTSTORE);
                            options.removeConfig(SecurityOptions.SSL_REST_TRUSTSTORE_PASSWORD);
                        }),
                new Mistake(
                        "Neither security.ssl.rest.truststore nor security.ssl.truststore is set",
                        options -> options.removeConfig(SecurityOptions.SSL_REST_TRUSTSTORE)),
                new Mistake(
                        "Neither security.ssl.rest.truststore-password nor",
                        options ->
                                options.removeConfig(SecurityOptions.SSL_REST_TRUSTSTORE_PASSWORD)),
                new Mistake(
                        "security.ssl.rest.truststore: %s has no certificate".formatted(empty()),
                        options ->
                                options.set(
                                        SecurityOptions.SSL_REST_TRUSTSTORE, empty().toString())),
                new Mistake(
                        "security.ssl.protocol: the JDK knows no 'TLSv9'",
                        options -> options.set(SecurityOptions.SSL_PROTOCOL, "TLSv9")),
                new Mistake(
                        "security.ssl.algorithms: the JDK knows no 'ROT13'",
                        options -> options.set(SecurityOptions.SSL_ALGORITHMS, "ROT13")),
                new Mistake(
                        "security.ssl.rest.cert.fingerprint: 'abc' is no SHA-1 fingerprint",
                        options -> options.set(SecurityOptions.SSL_REST_CERT_FINGERPRINT, "abc")));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void whatCannotBeUsedIsNamedInOneLine(Mistake mistake) {
        options.set(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED, true);
        mistake.make.accept(options);

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> Tls.ofServer(options))
                .satisfies(
                        refusal ->
                                assertThat(refusal.getMessage())
                                        .startsWith(mistake.line)
                                        .doesNotContain("\n", PASSWORD));
    }

    private record Mistake(String line, Consumer<Configuration> make) {

        @Override
        public String toString() {
            return line;
        }
    }

    /** A store with nothing in it. */
    private static Path empty() {
        Path file = folder.resolve("empty.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.store(out, PASSWORD.toCharArray());
            return file;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String fingerprint(String owner) throws Exception {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(
                        MessageDigest.getInstance("SHA-1")
                                .digest(stores.certificate(owner).getEncoded()));
    }

    private TestServer.Builder cluster() {
        return TestServer.cluster().tls(options, stores.anybody());
    }

    private TestServer start(SSLContext client) {
        return TestServer.cluster().tls(options, client).start();
    }

    private static SSLSocket newSocket(TestServer server) {
        try {
            return (SSLSocket)
                    stores.anybody()
                            .getSocketFactory()
                            .createSocket(InetAddress.getLoopbackAddress(), server.uri().getPort());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(TestServer server, SSLContext client, String reason) {
        try (Connection connection = server.connectAs(client)) {
            Throwable refusal =
                    catchThrowable(
                            () -> {
                                connection.send(server.request("GET", "/config", null));
                                connection.read();
                            });
            assertThat(refusal).as("an answer, or what came instead").isNotNull();
            logged(connection, reason);
        }
    }

    private static void logged(Connection connection, String reason) {
        String line = "TLS with 127.0.0.1:%d has failed: ".formatted(connection.localPort());
        TestServer.await(
                "there is a line with " + line,
                () -> logLines().anyMatch(logged -> logged.contains(line)));
        List<String> lines = logLines().toList();
        int first = 0;
        while (!lines.get(first).contains(line)) {
            first++;
        }
        assertThat(lines.get(first)).contains(reason);
        assertThat(lines.stream().skip(first + 1).findFirst().orElse("")).doesNotStartWith("\tat ");
    }

    private static Stream<String> logLines() {
        try {
            return new String(Files.readAllBytes(LOG), UTF_8).lines();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
