package dev.drey.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.error.StartupException;
import dev.drey.server.http.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.SecurityOptions;

/** Keys and certificates that live as long as a test: of the server, a client and a stranger. */
public final class TestStores {

    public static final String PASSWORD = "of-the-store";

    private final Path folder;

    private TestStores(Path folder) {
        this.folder = folder;
    }

    /** Makes them with the JDK's own tool, for there is no other public way. */
    public static TestStores make(Path folder) {
        TestStores stores = new TestStores(folder);
        List<String> owners = List.of("server", "client", "stranger");
        try {
            List<Process> tools = owners.stream().map(stores::makeKey).toList();
            for (Process tool : tools) {
                String said = new String(tool.getInputStream().readAllBytes(), UTF_8);
                assertThat(tool.waitFor()).as(said).isZero();
            }
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", stores.certificate("server"));
            trusted.setCertificateEntry("client", stores.certificate("client"));
            try (OutputStream out = Files.newOutputStream(stores.trusted())) {
                trusted.store(out, PASSWORD.toCharArray());
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return stores;
    }

    /** The store of the key of {@code owner}, who is trusted unless it is the stranger. */
    public Path of(String owner) {
        return folder.resolve(owner + ".p12");
    }

    public Path trusted() {
        return folder.resolve("trusted.p12");
    }

    public Certificate certificate(String owner) {
        try (InputStream in = Files.newInputStream(of(owner))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store.getCertificate(owner);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** What {@code owner} is configured with. */
    public Configuration configuration(String owner) {
        Configuration configuration = new Configuration();
        configuration.set(SecurityOptions.SSL_REST_ENABLED, true);
        configuration.set(SecurityOptions.SSL_REST_KEYSTORE, of(owner).toString());
        configuration.set(SecurityOptions.SSL_REST_KEYSTORE_PASSWORD, PASSWORD);
        configuration.set(SecurityOptions.SSL_REST_KEY_PASSWORD, PASSWORD);
        configuration.set(SecurityOptions.SSL_REST_TRUSTSTORE, trusted().toString());
        configuration.set(SecurityOptions.SSL_REST_TRUSTSTORE_PASSWORD, PASSWORD);
        return configuration;
    }

    /** How {@code owner} speaks to the server with a certificate. */
    public SSLContext client(String owner) {
        Configuration configuration = configuration(owner);
        configuration.set(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED, true);
        return client(configuration);
    }

    /** How somebody speaks to the server without one. */
    public SSLContext anybody() {
        return client(configuration("client"));
    }

    private static SSLContext client(Configuration configuration) {
        try {
            return Tls.ofClient(configuration);
        } catch (StartupException e) {
            throw new AssertionError(e);
        }
    }

    private Process makeKey(String owner) {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        owner,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        // Who calls itself as the client does is not sorted out before it is tried.
                        "CN=" + owner.replace("stranger", "client"),
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        of(owner).toString(),
                        "-storepass",
                        PASSWORD);
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
