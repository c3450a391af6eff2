package dev.drey.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;

/**
 * Sees that a client hangs up while its answer is not given yet. Grizzly does not read a connection
 * meanwhile, and would not. What the client sends instead waits until it is answered.
 */
public final class HangUps implements AddOn {

    private static final Attribute<Watch> WATCH =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HangUps.class.getName());

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        chain.add(chain.indexOfType(HttpServerFilter.class), new Turns());
    }

    /**
     * Watches the client of a request that is not answered yet.
     *
     * @param gone is run when the client of {@code request} hangs up before it is answered
     */
    public static void watch(Request request, Runnable gone) {
        FilterChainContext context = request.getContext();
        Watch watch = new Watch(context.getConnection(), gone);
        WATCH.set(context.getConnection(), watch);
        context.getConnection().addCloseListener(watch);
        context.addCompletionListener(answered -> watch.end());
        try {
            context.getConnection().enableIOEvent(IOEvent.READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes requests wait for the answer to the one before them. */
    private static final class Turns extends BaseFilter {

        @Override
        public NextAction handleRead(FilterChainContext context) {
            Watch watch = WATCH.get(context.getConnection());
            return watch != null && watch.postpones(context)
                    ? context.getSuspendAction()
                    : context.getInvokeAction();
        }
    }

    private static final class Watch implements CloseListener<Closeable, CloseType> {

        private final Connection<?> connection;
        private final Runnable gone;
        private Optional<FilterChainContext> next = Optional.empty();
        private boolean ended;

        Watch(Connection<?> connection, Runnable gone) {
            this.connection = connection;
            this.gone = gone;
        }

        /** While one is suspended, Grizzly reads no further. */
        synchronized boolean postpones(FilterChainContext context) {
            if (ended) {
                return false;
            }
            context.suspend();
            next = Optional.of(context);
            return true;
        }

        void end() {
            connection.removeCloseListener(this);
            WATCH.remove(connection);
            takeNext()
                    .ifPresent(
                            context ->
                                    connection
                                            .getTransport()
                                            .getWorkerThreadPool()
                                            .execute(() -> goOn(context)));
        }

        private synchronized Optional<FilterChainContext> takeNext() {
            ended = true;
            return next;
        }

        private static void goOn(FilterChainContext context) {
            context.resume(
                    context.getConnection().isOpen()
                            ? context.getInvokeAction()
                            : context.getStopAction());
        }

        @Override
        public void onClosed(Closeable closed, CloseType type) {
            gone.run();
        }
    }
}
