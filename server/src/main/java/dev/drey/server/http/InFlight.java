package dev.drey.server.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.HttpServerProbe;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Counts the requests that are under way, until the last byte of an answer is sent. Grizzly's own
 * count never comes down for a client that hung up.
 */
@SuppressWarnings("rawtypes") // as Grizzly declares it
public final class InFlight extends HttpServerProbe.Adapter {

    private final AtomicInteger count = new AtomicInteger();
    private final CompletableFuture<Void> none = new CompletableFuture<>();
    private final FilterChainEvent flush =
            TransportFilter.createFlushEvent(
                    new EmptyCompletionHandler<Object>() {
                        @Override
                        public void completed(Object sent) {
                            end();
                        }

                        @Override
                        public void failed(Throwable failure) {
                            end();
                        }

                        @Override
                        public void cancelled() {
                            end();
                        }
                    });
    private volatile boolean awaited;

    /** Completes when none is under way, from now on. */
    public CompletableFuture<Void> none() {
        awaited = true;
        completeIfNone();
        return none;
    }

    @Override
    public void onRequestReceiveEvent(
            HttpServerFilter filter, Connection connection, Request request) {
        count.incrementAndGet();
    }

    @Override
    public void onRequestCompleteEvent(
            HttpServerFilter filter, Connection connection, Response response) {
        response.getRequest().getContext().notifyDownstream(flush);
    }

    @Override
    public void onRequestCancelEvent(
            HttpServerFilter filter, Connection connection, Request request) {
        end();
    }

    private void end() {
        count.decrementAndGet();
        completeIfNone();
    }

    private void completeIfNone() {
        if (awaited && count.get() == 0) {
            none.complete(null);
        }
    }
}
