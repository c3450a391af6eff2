package dev.drey.client.transport;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a {@link Transport} needs to know. {@link dev.drey.client.FlinkMonitoringClient.Builder}
 * says what each setting means.
 */
public final class TransportSettings {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private List<URI> endpoints = List.of();
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration attemptTimeout = Duration.ofSeconds(15);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration uploadTimeout = Duration.ofMinutes(10);
    private RetrySettings retries = RetrySettings.DEFAULT;
    private TlsSettings tls = TlsSettings.DEFAULT;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Supplier<String> authorization;
    private boolean asksForTokens;
    private Proxy proxy;

    /** The defaults, without an endpoint. */
    public TransportSettings() {
        // All fields have them.
    }

    /**
     * Where the API is.
     *
     * @throws IllegalArgumentException if one is no http or https URI of a host
     */
    public TransportSettings endpoints(String... uris) {
        this.endpoints = Arrays.stream(uris).map(TransportSettings::checkedEndpoint).toList();
        return this;
    }

    /** How long it may take to connect, and then to agree on TLS. */
    public TransportSettings connectTimeout(Duration timeout) {
        this.connectTimeout = checked("connectTimeout", timeout);
        return this;
    }

    /** How long a try may keep other endpoints waiting. */
    public TransportSettings attemptTimeout(Duration timeout) {
        this.attemptTimeout = checked("attemptTimeout", timeout);
        return this;
    }

    /** How long a request may take as a whole. */
    public TransportSettings requestTimeout(Duration timeout) {
        this.requestTimeout = checked("requestTimeout", timeout);
        return this;
    }

    /** How long an upload may take as a whole. */
    public TransportSettings uploadTimeout(Duration timeout) {
        this.uploadTimeout = checked("uploadTimeout", timeout);
        return this;
    }

    /** How requests are asked again. */
    public TransportSettings retries(RetrySettings settings) {
        this.retries = requireNonNull(settings, "settings is null");
        return this;
    }

    /** How servers are trusted. */
    public TransportSettings tls(TlsSettings settings) {
        this.tls = requireNonNull(settings, "settings is null");
        return this;
    }

    /** A header of all requests. */
    public TransportSettings header(String name, String value) {
        headers.put(Request.checkedName(name), Request.checkedValue(name, value));
        return this;
    }

    /** Each try carries a token of {@code tokens}. */
    public TransportSettings bearerToken(Supplier<String> tokens) {
        requireNonNull(tokens, "tokens is null");
        this.asksForTokens = true;
        this.authorization =
                () ->
                        Request.checkedValue(
                                "Authorization",
                                "Bearer " + requireNonNull(tokens.get(), "the token is null"));
        return this;
    }

    /** Each try carries a name and a password. */
    public TransportSettings basicAuthentication(String user, String password) {
        String basic = basic(user, password);
        this.asksForTokens = false;
        this.authorization = () -> basic;
        return this;
    }

    /** Requests go through an HTTP proxy. */
    public TransportSettings proxy(String host, int port) {
        this.proxy = new Proxy(host, port, null, null);
        return this;
    }

    /** Requests go through an HTTP proxy that asks for a name and a password. */
    public TransportSettings proxy(String host, int port, String user, String password) {
        basic(user, password);
        this.proxy = new Proxy(host, port, user, password);
        return this;
    }

    /** The same, which goes its own way from now on. */
    TransportSettings copy() {
        TransportSettings copy = new TransportSettings();
        copy.endpoints = endpoints;
        copy.connectTimeout = connectTimeout;
        copy.attemptTimeout = attemptTimeout;
        copy.requestTimeout = requestTimeout;
        copy.uploadTimeout = uploadTimeout;
        copy.retries = retries;
        copy.tls = tls;
        copy.headers.putAll(headers);
        copy.authorization = authorization;
        copy.asksForTokens = asksForTokens;
        copy.proxy = proxy;
        return copy;
    }

    List<URI> endpoints() {
        return endpoints;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration attemptTimeout() {
        return attemptTimeout;
    }

    Duration requestTimeout() {
        return requestTimeout;
    }

    Duration uploadTimeout() {
        return uploadTimeout;
    }

    RetrySettings retries() {
        return retries;
    }

    TlsSettings tls() {
        return tls;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The value of {@code Authorization} for a try. */
    Optional<String> authorization() {
        return Optional.ofNullable(authorization).map(Supplier::get);
    }

    /** Whether {@link #authorization()} runs code of the application's. */
    boolean asksForTokens() {
        return asksForTokens;
    }

    /** {@code null} without one. */
    Proxy proxy() {
        return proxy;
    }

    private static String basic(String user, String password) {
        if (requireNonNull(user, "user is null").contains(":")) {
            throw new IllegalArgumentException("No user's name has a colon");
        }
        String both = user + ":" + requireNonNull(password, "password is null");
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static URI checkedEndpoint(String text) {
        URI uri = URI.create(requireNonNull(text, "uri is null"));
        if (uri.getScheme() == null
                || !SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "'%s' is no endpoint: expected http://host:port or https://host:port"
                            .formatted(text));
        }
        return uri;
    }

    private static Duration checked(String name, Duration timeout) {
        requireNonNull(timeout, name + " is null");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("%s is %s".formatted(name, timeout));
        }
        return timeout;
    }

    /**
     * An HTTP proxy.
     *
     * @param user {@code null} if it does not ask
     */
    record Proxy(String host, int port, String user, String password) {
        Proxy {
            requireNonNull(host, "host is null");
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("port is " + port);
            }
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
