package dev.drey.server.telemetry;

import static java.util.Objects.requireNonNull;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.HttpRequestPacket;

/**
 * One request and its answer. It goes with the request and not with a thread, since many threads
 * have a part in an answer.
 */
public final class Exchange {

    /** Where a client names its request, and learns its name. */
    static final String ID_HEADER = "X-Request-Id";

    private static final String PROPERTY = Exchange.class.getName();
    private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._+/=-]{1,128}");
    private static final String UNKNOWN_ID = "-";

    private final String id;
    private final long began = System.nanoTime();
    private volatile String route = Routes.UNMATCHED;
    private volatile long bytes;

    /**
     * @param asked the id that the client gave; a bad one or {@code null} is replaced
     */
    Exchange(String asked) {
        this.id =
                asked != null && SANE_ID.matcher(asked).matches()
                        ? asked
                        : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** One that did not get as far as the application. */
    static Exchange refused(String asked) {
        Exchange exchange = new Exchange(asked);
        exchange.route = Routes.MALFORMED;
        return exchange;
    }

    /** The id of {@code request}; a dash if Grizzly has forgotten it, since its client has left. */
    public static String idOf(ContainerRequestContext request) {
        Exchange exchange = (Exchange) request.getProperty(PROPERTY);
        return exchange == null ? UNKNOWN_ID : exchange.id;
    }

    /**
     * Says under which name {@code request} is counted.
     *
     * @param route one of few: never a path that a client made up
     */
    public static void name(ContainerRequestContext request, String route) {
        Exchange exchange = (Exchange) request.getProperty(PROPERTY);
        if (exchange != null) {
            exchange.route = requireNonNull(route, "route is null");
        }
    }

    /** {@code null} if it did not get as far as the application. */
    static Exchange of(HttpRequestPacket request) {
        return (Exchange) request.getAttribute(PROPERTY);
    }

    void belongsTo(HttpRequestPacket request) {
        request.setAttribute(PROPERTY, this);
    }

    String id() {
        return id;
    }

    String route() {
        return route;
    }

    /** How many bytes of the answer's body were sent so far. */
    long bytes() {
        return bytes;
    }

    /** Only one thread writes at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // see above
    void sent(long more) {
        bytes += more;
    }

    /** Nanoseconds since the request came. */
    long age() {
        return System.nanoTime() - began;
    }
}
