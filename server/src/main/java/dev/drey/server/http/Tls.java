package dev.drey.server.http;

import dev.drey.server.error.Failures;
import dev.drey.server.error.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.SecurityOptions;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;

/** What {@code security.ssl.rest.*} asks for, read as Flink documents it. */
public final class Tls {

    private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");

    private final Configuration configuration;

    private Tls(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * How the server speaks TLS; empty if it does not.
     *
     * @throws StartupException if an option is missing or wrong; its message names it
     */
    public static Optional<SSLEngineConfigurator> ofServer(Configuration configuration)
            throws StartupException {
        return SecurityOptions.isRestSSLEnabled(configuration)
                ? Optional.of(new Tls(configuration).server())
                : Optional.empty();
    }

    /**
     * How a client of an endpoint that is configured alike speaks TLS. Whom it trusts may have any
     * host name, unless they are {@linkplain #verifiesHosts verified}.
     *
     * @throws StartupException if an option is missing or wrong; its message names it
     */
    public static SSLContext ofClient(Configuration configuration) throws StartupException {
        return new Tls(configuration).client();
    }

    /** Whether a client has the name of a host verified. */
    public static boolean verifiesHosts(Configuration configuration) {
        return configuration.get(SecurityOptions.SSL_REST_VERIFY_HOSTNAME);
    }

    private SSLEngineConfigurator server() throws StartupException {
        boolean authenticates = SecurityOptions.isRestSSLAuthenticationEnabled(configuration);
        Optional<KeyStore> trusted = authenticates ? trusted() : Optional.empty();
        if (authenticates && trusted.isEmpty()) {
            // Flink's own endpoint would start, and ask nobody for a certificate.
            throw missing(
                    SecurityOptions.SSL_REST_TRUSTSTORE,
                    SecurityOptions.SSL_TRUSTSTORE,
                    "name the file of the certificates that clients are trusted by, for %s is true"
                            .formatted(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED.key()));
        }
        SSLContext context = context(keys(), trusted);
        SSLEngineConfigurator engines =
                new SSLEngineConfigurator(context, false, authenticates, false);
        // As in Flink, their defaults are for whoever authenticates clients.
        if (authenticates || configuration.contains(SecurityOptions.SSL_PROTOCOL)) {
            engines.setEnabledProtocols(
                    known(
                            SecurityOptions.SSL_PROTOCOL,
                            context.getSupportedSSLParameters().getProtocols()));
        }
        if (authenticates || configuration.contains(SecurityOptions.SSL_ALGORITHMS)) {
            engines.setEnabledCipherSuites(
                    known(
                            SecurityOptions.SSL_ALGORITHMS,
                            context.getSupportedSSLParameters().getCipherSuites()));
        }
        return engines;
    }

    private SSLContext client() throws StartupException {
        boolean authenticates = configuration.get(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED);
        return context(authenticates ? keys() : null, trusted());
    }

    private SSLContext context(KeyManager[] keys, Optional<KeyStore> trusted)
            throws StartupException {
        Set<String> fingerprints = fingerprints();
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted.orElse(null));
            TrustManager[] managers =
                    Stream.of(factory.getTrustManagers())
                            .filter(X509ExtendedTrustManager.class::isInstance)
                            .map(X509ExtendedTrustManager.class::cast)
                            .map(
                                    manager ->
                                            new TrustedPeers(
                                                    manager,
                                                    fingerprints,
                                                    verifiesHosts(configuration)))
                            .toArray(TrustManager[]::new);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new StartupException("TLS cannot be set up: " + Failures.told(e), e);
        }
    }

    private KeyManager[] keys() throws StartupException {
        Setting file =
                setting(SecurityOptions.SSL_REST_KEYSTORE, SecurityOptions.SSL_KEYSTORE)
                        .orElseThrow(
                                () ->
                                        missing(
                                                SecurityOptions.SSL_REST_KEYSTORE,
                                                SecurityOptions.SSL_KEYSTORE,
                                                "name the file of the key and its certificate"));
        Setting password =
                setting(
                                SecurityOptions.SSL_REST_KEYSTORE_PASSWORD,
                                SecurityOptions.SSL_KEYSTORE_PASSWORD)
                        .orElseThrow(
                                () ->
                                        missing(
                                                SecurityOptions.SSL_REST_KEYSTORE_PASSWORD,
                                                SecurityOptions.SSL_KEYSTORE_PASSWORD,
                                                "set the password of " + file.value));
        Setting keyPassword =
                setting(SecurityOptions.SSL_REST_KEY_PASSWORD, SecurityOptions.SSL_KEY_PASSWORD)
                        .orElseThrow(
                                () ->
                                        missing(
                                                SecurityOptions.SSL_REST_KEY_PASSWORD,
                                                SecurityOptions.SSL_KEY_PASSWORD,
                                                "set the password of the key in " + file.value));
        KeyStore store = store(file, password, SecurityOptions.SSL_REST_KEYSTORE_TYPE);
        try {
            if (Collections.list(store.aliases()).stream()
                    .noneMatch(alias -> isKey(store, alias))) {
                throw new StartupException(
                        "%s: %s has no key: name a file with one".formatted(file.key, file.value));
            }
            KeyManagerFactory factory =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, keyPassword.value.toCharArray());
            return factory.getKeyManagers();
        } catch (UnrecoverableKeyException e) {
            throw new StartupException(
                    "%s: it is not the password of the key in %s"
                            .formatted(keyPassword.key, file.value),
                    e);
        } catch (GeneralSecurityException e) {
            throw unreadable(file, e);
        }
    }

    /** Empty if no file is named: the certificates that the JDK trusts are meant then. */
    private Optional<KeyStore> trusted() throws StartupException {
        Optional<Setting> file =
                setting(SecurityOptions.SSL_REST_TRUSTSTORE, SecurityOptions.SSL_TRUSTSTORE);
        Optional<Setting> password =
                setting(
                        SecurityOptions.SSL_REST_TRUSTSTORE_PASSWORD,
                        SecurityOptions.SSL_TRUSTSTORE_PASSWORD);
        if (file.isEmpty() && password.isEmpty()) {
            return Optional.empty();
        }
        if (file.isEmpty()) {
            throw missing(
                    SecurityOptions.SSL_REST_TRUSTSTORE,
                    SecurityOptions.SSL_TRUSTSTORE,
                    "name the file that %s is the password of".formatted(password.get().key));
        }
        if (password.isEmpty()) {
            throw missing(
                    SecurityOptions.SSL_REST_TRUSTSTORE_PASSWORD,
                    SecurityOptions.SSL_TRUSTSTORE_PASSWORD,
                    "set the password of " + file.get().value);
        }
        KeyStore store =
                store(file.get(), password.get(), SecurityOptions.SSL_REST_TRUSTSTORE_TYPE);
        try {
            if (store.size() == 0) {
                throw new StartupException(
                        "%s: %s has no certificate: name a file with one"
                                .formatted(file.get().key, file.get().value));
            }
        } catch (KeyStoreException e) {
            throw unreadable(file.get(), e);
        }
        return Optional.of(store);
    }

    private KeyStore store(Setting file, Setting password, ConfigOption<String> type)
            throws StartupException {
        KeyStore store;
        try {
            store = KeyStore.getInstance(configuration.get(type));
        } catch (KeyStoreException e) {
            throw new StartupException(
                    "%s: the JDK knows no '%s': give one that it knows (PKCS12, JKS)"
                            .formatted(type.key(), configuration.get(type)),
                    e);
        }
        try (InputStream content = Files.newInputStream(Path.of(file.value))) {
            store.load(content, password.value.toCharArray());
            return store;
        } catch (NoSuchFileException e) {
            throw new StartupException(
                    "%s: there is no file %s".formatted(file.key, file.value), e);
        } catch (IOException | GeneralSecurityException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new StartupException(
                        "%s: it is not the password of %s".formatted(password.key, file.value), e);
            }
            throw unreadable(file, e);
        }
    }

    private Set<String> fingerprints() throws StartupException {
        ConfigOption<String> option = SecurityOptions.SSL_REST_CERT_FINGERPRINT;
        Set<String> fingerprints =
                listed(configuration.getOptional(option).orElse("")).stream()
                        .map(text -> text.replace(":", "").toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        for (String fingerprint : fingerprints) {
            if (!SHA1.matcher(fingerprint).matches()) {
                throw new StartupException(
                        "%s: '%s' is no SHA-1 fingerprint: give 40 hexadecimal digits"
                                .formatted(option.key(), fingerprint));
            }
        }
        return fingerprints;
    }

    private String[] known(ConfigOption<String> option, String[] supported)
            throws StartupException {
        List<String> names = listed(configuration.get(option));
        List<String> all = Arrays.asList(supported);
        for (String name : names) {
            if (!all.contains(name)) {
                throw new StartupException(
                        "%s: the JDK knows no '%s'".formatted(option.key(), name));
            }
        }
        if (names.isEmpty()) {
            throw new StartupException("%s is empty: name at least one".formatted(option.key()));
        }
        return names.toArray(String[]::new);
    }

    private Optional<Setting> setting(ConfigOption<String> own, ConfigOption<String> shared) {
        return Stream.of(own, shared)
                .filter(configuration::contains)
                .findFirst()
                .map(option -> new Setting(option.key(), configuration.get(option)));
    }

    private static List<String> listed(String text) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (KeyStoreException e) {
            throw new IllegalStateException("It was loaded", e);
        }
    }

    private static StartupException missing(
            ConfigOption<String> own, ConfigOption<String> shared, String remedy) {
        return new StartupException(
                "Neither %s nor %s is set: %s".formatted(own.key(), shared.key(), remedy));
    }

    private static StartupException unreadable(Setting file, Exception reason) {
        return new StartupException(
                "%s: %s cannot be read: %s".formatted(file.key, file.value, Failures.told(reason)),
                reason);
    }

    private record Setting(String key, String value) {}
}
