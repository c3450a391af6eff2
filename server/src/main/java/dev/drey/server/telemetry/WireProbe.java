package dev.drey.server.telemetry;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpProbe;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.util.HttpStatus;

/** Sees how much of a body is sent, and the answers that are given without the application. */
@SuppressWarnings("rawtypes") // as Grizzly declares it
final class WireProbe extends HttpProbe.Adapter {

    private final ExchangeListener[] listeners;

    WireProbe(ExchangeListener... listeners) {
        this.listeners = listeners;
    }

    @Override
    public void onContentChunkSerializeEvent(Connection connection, HttpContent content) {
        if (content.getHttpHeader() instanceof HttpResponsePacket response) {
            Exchange exchange = Exchange.of(response.getRequest());
            if (exchange != null) {
                exchange.sent(content.getContent().remaining());
            }
        }
    }

    @Override
    public void onHeaderSerializeEvent(Connection connection, HttpHeader header, Buffer buffer) {
        if (header instanceof HttpResponsePacket response
                && response.getStatus() != HttpStatus.CONINTUE_100.getStatusCode()
                && Exchange.of(response.getRequest()) == null) {
            refused(response);
        }
    }

    private void refused(HttpResponsePacket response) {
        HttpRequestPacket request = response.getRequest();
        Exchange exchange = Exchange.refused(request.getHeader(Exchange.ID_HEADER));
        exchange.sent(Math.max(0, response.getContentLength()));
        for (ExchangeListener listener : listeners) {
            listener.ended(exchange, request, response.getStatus(), ExchangeListener.UNKNOWN);
        }
    }
}
