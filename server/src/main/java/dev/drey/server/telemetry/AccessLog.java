package dev.drey.server.telemetry;

import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.util.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line for every request. Of its headers there is only what the client calls itself. */
final class AccessLog implements ExchangeListener {

    /** The name that a logging configuration knows it by. */
    static final String LOGGER = "dev.drey.access";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    @Override
    public void ended(Exchange exchange, HttpRequestPacket request, int status, long nanos) {
        if (LOG.isInfoEnabled()) {
            LOG.info(line(exchange, request, status, nanos));
        }
    }

    private static String line(
            Exchange exchange, HttpRequestPacket request, int status, long nanos) {
        StringBuilder line = new StringBuilder(200);
        line.append(exchange.id()).append(' ').append(request.getRemoteAddress()).append(" \"");
        append(line, request.getMethod().getMethodString());
        append(line.append(' '), request.getRequestURI());
        if (request.getQueryString() != null) {
            append(line.append('?'), request.getQueryString());
        }
        append(line.append(' '), request.getProtocolString());
        line.append("\" ");
        if (status == CUT) {
            line.append("cut");
        } else {
            line.append(status);
        }
        line.append(' ').append(exchange.bytes()).append(' ');
        if (nanos == UNKNOWN) {
            line.append('-');
        } else {
            line.append(TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0);
        }
        append(line.append(" \""), request.getHeader(Header.UserAgent));
        return line.append('"').toString();
    }

    /** What a client sends must not end a line or a field. */
    private static void append(StringBuilder line, String sent) {
        if (sent == null) {
            line.append('-');
            return;
        }
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                line.append("\\u%04x".formatted((int) c));
            } else {
                line.append(c);
            }
        }
    }
}
