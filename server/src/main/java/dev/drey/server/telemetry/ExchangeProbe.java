package dev.drey.server.telemetry;

import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.HttpServerProbe;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Sees requests come to the application, and their answers end. */
@SuppressWarnings("rawtypes") // as Grizzly declares it
final class ExchangeProbe extends HttpServerProbe.Adapter {

    private final ExchangeListener[] listeners;

    ExchangeProbe(ExchangeListener... listeners) {
        this.listeners = listeners;
    }

    @Override
    public void onRequestReceiveEvent(
            HttpServerFilter filter, Connection connection, Request request) {
        Exchange exchange = new Exchange(request.getHeader(Exchange.ID_HEADER));
        exchange.belongsTo(request.getRequest());
        request.getResponse().setHeader(Exchange.ID_HEADER, exchange.id());
    }

    @Override
    public void onRequestCompleteEvent(
            HttpServerFilter filter, Connection connection, Response response) {
        end(response.getRequest(), response.getStatus());
    }

    @Override
    public void onRequestCancelEvent(
            HttpServerFilter filter, Connection connection, Request request) {
        end(request, ExchangeListener.CUT);
    }

    private void end(Request request, int status) {
        if (listeners.length == 0) {
            return;
        }
        Exchange exchange = Exchange.of(request.getRequest());
        long nanos = exchange.age();
        for (ExchangeListener listener : listeners) {
            listener.ended(exchange, request.getRequest(), status, nanos);
        }
    }
}
