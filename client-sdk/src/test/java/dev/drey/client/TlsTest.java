package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static dev.drey.client.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.RetrySettings;
import dev.drey.client.transport.TlsSettings;
import dev.drey.client.transport.Transport;
import dev.drey.client.transport.TransportSettings;
import dev.drey.model.EmptyResponseBody;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is trusted, and who is not. */
@Timeout(120)
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir static Path folder;
    private static Path local;
    private static Path elsewhere;

    @BeforeAll
    static void makeCertificates() throws Exception {
        local = certificate("local", "san=ip:127.0.0.1");
        elsewhere = certificate("elsewhere", "san=dns:elsewhere.example");
    }

    private static Path certificate(String name, String extension) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-alias",
                                        name,
                                        "-dname",
                                        "CN=" + name,
                                        "-ext",
                                        extension,
                                        "-keyalg",
                                        "EC",
                                        "-storetype",
                                        "PKCS12",
                                        "-keystore",
                                        store.toString(),
                                        "-storepass",
                                        new String(PASSWORD)))
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        return store;
    }

    @Test
    void aTrustedServerIsAsked() throws Exception {
        try (Server server = new Server(local, null)) {
            ask(server, TlsSettings.DEFAULT.withTrustStore(local, PASSWORD));
            ask(server, TlsSettings.of(context(local)));
        }
    }

    @Test
    void whoIsNotTrustedIsNotAsked() throws Exception {
        try (Server server = new Server(local, null)) {
            assertRefused(server, TlsSettings.DEFAULT);
            assertRefused(server, TlsSettings.DEFAULT.withTrustStore(elsewhere, PASSWORD));
        }
    }

    @Test
    void aCertificateOfAnotherHostIsNotTrustedUnlessThatIsSaid() throws Exception {
        try (Server server = new Server(elsewhere, null)) {
            TlsSettings trusting = TlsSettings.DEFAULT.withTrustStore(elsewhere, PASSWORD);
            assertRefused(server, trusting);
            ask(server, trusting.withoutHostnameVerification());
        }
    }

    @Test
    void theClientShowsItsOwnCertificate() throws Exception {
        try (Server server = new Server(local, elsewhere)) {
            TlsSettings trusting = TlsSettings.DEFAULT.withTrustStore(local, PASSWORD);
            try (Transport transport = transport(server, trusting)) {
                assertFailure(transport.send(Request.get("/x"), EmptyResponseBody.class))
                        .isInstanceOf(FlinkConnectionException.class);
            }
            ask(server, trusting.withKeyStore(elsewhere, PASSWORD));
        }
    }

    @Test
    void aStoreThatCannotBeReadIsToldAtOnce() {
        TransportSettings settings =
                new TransportSettings()
                        .endpoints("https://localhost")
                        .tls(TlsSettings.DEFAULT.withTrustStore(local, "sesame".toCharArray()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Transport(settings))
                .withMessageContaining("TLS")
                .withMessageNotContaining("sesame");
    }

    private static void ask(Server server, TlsSettings tls) throws Exception {
        try (Transport transport = transport(server, tls)) {
            await(transport.send(Request.get("/x"), EmptyResponseBody.class));
        }
    }

    private static void assertRefused(Server server, TlsSettings tls) {
        try (Transport transport = transport(server, tls)) {
            assertFailure(transport.send(Request.post("/x"), EmptyResponseBody.class))
                    .isInstanceOfSatisfying(
                            FlinkConnectionException.class,
                            refused -> assertThat(refused.mayHaveTakenPlace()).isFalse())
                    .hasCauseInstanceOf(SSLException.class);
        }
    }

    private static Transport transport(Server server, TlsSettings tls) {
        return new Transport(
                new TransportSettings()
                        .endpoints(server.endpoint())
                        .retries(RetrySettings.NONE)
                        .tls(tls));
    }

    private static SSLContext context(Path trusted) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust(trusted).getTrustManagers(), null);
        return context;
    }

    private static TrustManagerFactory trust(Path store)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(store.toFile(), PASSWORD));
        return trust;
    }

    /** Answers all with {@code {}}. */
    private static final class Server implements AutoCloseable {
        private final HttpsServer https;

        /**
         * @param clients whom it trusts; {@code null} if clients need no certificate
         */
        Server(Path own, Path clients) throws GeneralSecurityException, IOException {
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KeyStore.getInstance(own.toFile(), PASSWORD), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys.getKeyManagers(),
                    clients == null ? null : trust(clients).getTrustManagers(),
                    null);
            https =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            https.setHttpsConfigurator(
                    new HttpsConfigurator(context) {
                        @Override
                        public void configure(HttpsParameters parameters) {
                            SSLParameters tls = context.getDefaultSSLParameters();
                            tls.setNeedClientAuth(clients != null);
                            parameters.setSSLParameters(tls);
                        }
                    });
            https.createContext(
                    "/",
                    exchange -> {
                        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
            https.start();
        }

        String endpoint() {
            return "https://127.0.0.1:" + https.getAddress().getPort();
        }

        @Override
        public void close() {
            https.stop(0);
        }
    }
}
