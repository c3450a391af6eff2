package dev.drey.server.http;

import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Who is trusted by a store, and is one of those that are known by their fingerprints if there are
 * any.
 */
final class TrustedPeers extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager store;
    private final Set<String> fingerprints;
    private final boolean verifiesHosts;

    /**
     * @param fingerprints SHA-1 in lower case; empty if any will do
     */
    TrustedPeers(X509ExtendedTrustManager store, Set<String> fingerprints, boolean verifiesHosts) {
        this.store = store;
        this.fingerprints = fingerprints;
        this.verifiesHosts = verifiesHosts;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        store.checkClientTrusted(chain, type);
        requireKnown(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        store.checkClientTrusted(chain, type, socket);
        requireKnown(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        store.checkClientTrusted(chain, type, engine);
        requireKnown(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        store.checkServerTrusted(chain, type);
        requireKnown(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        if (verifiesHosts) {
            store.checkServerTrusted(chain, type, socket);
        } else {
            store.checkServerTrusted(chain, type);
        }
        requireKnown(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        if (verifiesHosts) {
            store.checkServerTrusted(chain, type, engine);
        } else {
            store.checkServerTrusted(chain, type);
        }
        requireKnown(chain[0]);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return store.getAcceptedIssuers();
    }

    private void requireKnown(X509Certificate certificate) throws CertificateException {
        if (!fingerprints.isEmpty() && !fingerprints.contains(fingerprint(certificate))) {
            throw new CertificateException(
                    "The certificate of %s has a fingerprint that is not expected: %s"
                            .formatted(
                                    certificate.getSubjectX500Principal(),
                                    fingerprint(certificate)));
        }
    }

    private static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-1", e);
        }
    }
}
