package dev.drey.client.transport;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContextBuilder;

/**
 * How {@code https} endpoints are trusted, and how the client proves who it is. By default, what
 * the JDK trusts is trusted, the client shows no certificate, and a server's certificate has to be
 * for the host that was asked. Immutable.
 */
public final class TlsSettings {
    /** As the JDK does it. */
    public static final TlsSettings DEFAULT = new TlsSettings(null, null, null, true);

    private final SSLContext context;
    private final Store trusted;
    private final Store own;
    private final boolean verifiesHosts;

    private TlsSettings(SSLContext context, Store trusted, Store own, boolean verifiesHosts) {
        this.context = context;
        this.trusted = trusted;
        this.own = own;
        this.verifiesHosts = verifiesHosts;
    }

    /** Trust and keys are those of {@code context}; hosts are verified. */
    public static TlsSettings of(SSLContext context) {
        return new TlsSettings(requireNonNull(context, "context is null"), null, null, true);
    }

    /**
     * The same, but only the certificates of a store are trusted.
     *
     * @param store a PKCS #12 or JKS file, read when the client is built
     * @param password of the file; {@code null} if its integrity is not to be checked
     */
    public TlsSettings withTrustStore(Path store, char[] password) {
        return new TlsSettings(null, new Store(store, password), own, verifiesHosts);
    }

    /**
     * The same, with a certificate of the client's for servers that ask for one (mutual TLS).
     *
     * @param store a PKCS #12 or JKS file, read when the client is built
     * @param password of the file and of the key in it
     */
    public TlsSettings withKeyStore(Path store, char[] password) {
        return new TlsSettings(null, trusted, new Store(store, password), verifiesHosts);
    }

    /**
     * The same, but a trusted certificate may be for any host: whoever has one can then pose as the
     * cluster. For clusters whose certificates name no hosts.
     */
    public TlsSettings withoutHostnameVerification() {
        return new TlsSettings(context, trusted, own, false);
    }

    boolean verifiesHosts() {
        return verifiesHosts;
    }

    /**
     * @throws IllegalArgumentException if a store cannot be read
     */
    SSLContext context() {
        if (context != null) {
            return context;
        }
        try {
            SSLContextBuilder builder = SSLContextBuilder.create();
            if (trusted != null) {
                builder.loadTrustMaterial(trusted.read(), null);
            }
            if (own != null) {
                builder.loadKeyMaterial(own.read(), own.password);
            }
            return builder.build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static final class Store {
        private final Path path;
        private final char[] password;

        Store(Path path, char[] password) {
            this.path = requireNonNull(path, "store is null");
            this.password = password == null ? null : password.clone();
        }

        KeyStore read() throws GeneralSecurityException, IOException {
            return KeyStore.getInstance(path.toFile(), password);
        }
    }
}
