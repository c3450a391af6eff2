package dev.drey.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys of a server and of a client, each in a store, and one of both their certificates. */
public final class TlsStores {

    public static final String PASSWORD = "of-the-store";

    private final Path folder;

    private TlsStores(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes them with the JDK's own tool.
     *
     * @param name of the folder that they go to
     */
    public static TlsStores make(String name) throws Exception {
        TlsStores stores = new TlsStores(Artifacts.emptyFolder(name));
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String owner : List.of("server", "client")) {
            stores.makeKey(owner);
            trusted.setCertificateEntry(owner, load(stores.of(owner)).getCertificate(owner));
        }
        try (OutputStream out = Files.newOutputStream(stores.trusted())) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return stores;
    }

    /** The store of the key of {@code owner}, server or client. */
    public Path of(String owner) {
        return folder.resolve(owner + ".p12");
    }

    /** The store of both certificates. */
    public Path trusted() {
        return folder.resolve("trusted.p12");
    }

    /** What {@code owner} is configured with where clients are authenticated, a line each. */
    public String[] configuration(String owner) {
        return new String[] {
            "security.ssl.rest.enabled: true",
            "security.ssl.rest.authentication-enabled: true",
            "security.ssl.rest.keystore: " + of(owner),
            "security.ssl.rest.keystore-password: " + PASSWORD,
            "security.ssl.rest.key-password: " + PASSWORD,
            "security.ssl.rest.truststore: " + trusted(),
            "security.ssl.rest.truststore-password: " + PASSWORD
        };
    }

    /** A client that shows its certificate. */
    public SSLContext client() throws Exception {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(of("client")), PASSWORD.toCharArray());
        return context(keys.getKeyManagers());
    }

    /** A client that has none. */
    public SSLContext anybody() throws Exception {
        return context(null);
    }

    private SSLContext context(KeyManager[] keys) throws Exception {
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load(trusted()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    private void makeKey(String owner) throws Exception {
        Process tool =
                new ProcessBuilder(
                                Artifacts.jdkTool("keytool"),
                                "-genkeypair",
                                "-alias",
                                owner,
                                "-keyalg",
                                "RSA",
                                "-dname",
                                "CN=" + owner,
                                "-ext",
                                "SAN=dns:localhost,ip:127.0.0.1",
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                of(owner).toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(tool.getInputStream().readAllBytes(), UTF_8);
        assertThat(tool.waitFor()).as(said).isZero();
    }
}
