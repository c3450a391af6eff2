package dev.drey.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
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
 * meanwhile, and would not. On a connection that is read all the same, requests take turns.
 */
public final class HangUps implements AddOn {

    private static final Attribute<Turns> TURNS =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HangUps.class.getName());

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        chain.add(chain.indexOfType(HttpServerFilter.class), new Gate());
    }

    /**
     * Watches the client of a request that is not answered yet.
     *
     * @param gone is run when the client of {@code request} hangs up before it is answered
     */
    public static void watch(Request request, Runnable gone) {
        FilterChainContext context = request.getContext();
        Connection<?> connection = context.getConnection();
        CloseListener<Closeable, CloseType> onClose = (closed, type) -> gone.run();
        connection.addCloseListener(onClose);
        context.addCompletionListener(answered -> connection.removeCloseListener(onClose));
        if (TURNS.get(connection) == null) {
            Turns turns = new Turns();
            TURNS.set(connection, turns);
            turns.take(context);
        }
        try {
            connection.enableIOEvent(IOEvent.READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Gate extends BaseFilter {

        @Override
        public NextAction handleRead(FilterChainContext context) {
            Turns turns = TURNS.get(context.getConnection());
            // Who reads on while it is its turn (an upload) waits for nobody.
            return turns == null
                            || context.getTransportContext().isBlocking()
                            || turns.take(context)
                    ? context.getInvokeAction()
                    : context.getSuspendAction();
        }
    }

    /** What was read of one connection, in the order in which it came. */
    private static final class Turns {

        private final Queue<FilterChainContext> waiting = new ArrayDeque<>();
        private boolean taken;

        /** Whether it is the turn of {@code context}; otherwise it is resumed when it is. */
        synchronized boolean take(FilterChainContext context) {
            context.addCompletionListener(done -> next());
            if (taken) {
                context.suspend();
                waiting.add(context);
                return false;
            }
            taken = true;
            return true;
        }

        private synchronized void next() {
            FilterChainContext context = waiting.poll();
            taken = context != null;
            if (taken) {
                context.getConnection()
                        .getTransport()
                        .getWorkerThreadPool()
                        .execute(() -> goOn(context));
            }
        }

        private static void goOn(FilterChainContext context) {
            context.resume(
                    context.getConnection().isOpen()
                            ? context.getInvokeAction()
                            : context.getStopAction());
        }
    }
}
