package dev.drey.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;

/**
 * The requests whose answers are held back. That a client hangs up meanwhile is seen: Grizzly does
 * not read such a connection, and would not. On one that is read all the same, requests take turns.
 */
public final class HeldRequests implements AddOn {

    private static final Attribute<Turns> TURNS =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HeldRequests.class.getName());

    private final Set<Runnable> held = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        chain.add(chain.indexOfType(HttpServerFilter.class), new Gate(this));
    }

    /**
     * Holds the answer of a request back.
     *
     * @param gone is run when the client hangs up before it is answered
     * @param stopping is run when the server is to stop, and has the answer given now
     */
    public static void hold(Request request, Runnable gone, Runnable stopping) {
        FilterChainContext context = request.getContext();
        FilterChain chain = context.getFilterChain();
        HeldRequests all = ((Gate) chain.get(chain.indexOfType(Gate.class))).all;
        Connection<?> connection = context.getConnection();
        CloseListener<Closeable, CloseType> onClose =
                (closed, type) -> {
                    all.held.remove(stopping);
                    gone.run();
                };
        // Before it can be gone: a connection that is closed already says so at once.
        all.add(stopping);
        connection.addCloseListener(onClose);
        context.addCompletionListener(
                answered -> {
                    connection.removeCloseListener(onClose);
                    all.held.remove(stopping);
                });
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

    /** Has all answers given that are held back, now and from now on. */
    public void release() {
        stopping = true;
        held.forEach(Runnable::run);
    }

    private void add(Runnable answerNow) {
        held.add(answerNow);
        if (stopping) {
            answerNow.run();
        }
    }

    private static final class Gate extends BaseFilter {

        private final HeldRequests all;

        Gate(HeldRequests all) {
            this.all = all;
        }

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
