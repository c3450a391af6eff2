package dev.drey.server.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * Which web pages may do more than read. Reads are granted as {@code
 * web.access-control-allow-origin} says; its default {@code *} grants nothing beyond them, because
 * anything else could run code on the cluster.
 */
public final class OriginPolicy {

    private static final String ANY = "*";
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final String allowOrigin;
    private final Set<String> named;
    private final boolean loopbackOnly;

    /**
     * @param allowOrigin value of {@code web.access-control-allow-origin}
     * @param loopbackOnly whether the server is bound to a loopback address
     */
    public OriginPolicy(String allowOrigin, boolean loopbackOnly) {
        this.allowOrigin = allowOrigin;
        this.named =
                Arrays.stream(allowOrigin.split(","))
                        .map(origin -> origin.strip().toLowerCase(Locale.ROOT))
                        .filter(origin -> !origin.isEmpty() && !origin.equals(ANY))
                        .collect(Collectors.toUnmodifiableSet());
        this.loopbackOnly = loopbackOnly;
    }

    /** The policy that {@code configuration} asks for. */
    public static OriginPolicy of(Configuration configuration) {
        return new OriginPolicy(
                configuration.get(WebOptions.ACCESS_CONTROL_ALLOW_ORIGIN),
                configuration
                        .getOptional(RestOptions.BIND_ADDRESS)
                        .filter(OriginPolicy::isLoopbackName)
                        .isPresent());
    }

    /** The value of {@code Access-Control-Allow-Origin} for a page from {@code origin}. */
    String grant(String origin) {
        return origin != null && isNamed(origin) ? origin : allowOrigin;
    }

    /** Whether the option names {@code origin}. */
    boolean isNamed(String origin) {
        return named.contains(origin.strip().toLowerCase(Locale.ROOT));
    }

    /**
     * Whether a request that changes something may come from {@code origin}.
     *
     * @param origin the request's {@code Origin}, {@code null} if it has none
     * @param host the request's {@code Host}
     * @param secure whether it came over TLS, as a page of this server does then
     */
    boolean mayWrite(String origin, String host, boolean secure) {
        return origin == null || isNamed(origin) || isOwn(origin, host, secure);
    }

    /**
     * Whether {@code host} can be the name of this server. One that is bound to a loopback address
     * is called by a loopback name; another name is a page's whose DNS entry was bent to this
     * machine.
     */
    boolean isKnownHost(String host) {
        if (!loopbackOnly || host == null) {
            return true;
        }
        return isLoopbackName(nameOf(host))
                || named.stream().anyMatch(origin -> host.equalsIgnoreCase(authority(origin)));
    }

    private static boolean isOwn(String origin, String host, boolean secure) {
        // Without TLS here, there may be some before this server.
        boolean web = origin.startsWith("https://") || (!secure && origin.startsWith("http://"));
        return web && host != null && host.equalsIgnoreCase(authority(origin));
    }

    private static String authority(String origin) {
        try {
            return URI.create(origin.strip()).getRawAuthority();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String nameOf(String host) {
        String authority = host.strip();
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            return end < 0 ? authority : authority.substring(1, end);
        }
        int colon = authority.indexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    private static boolean isLoopbackName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("localhost") || lower.endsWith(".localhost")) {
            return true;
        }
        // Only literals: a name would be looked up.
        boolean literal = lower.contains(":") || IPV4.matcher(lower).matches();
        try {
            return literal && InetAddress.getByName(lower).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
