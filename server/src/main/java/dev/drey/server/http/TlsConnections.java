package dev.drey.server.http;

import static org.glassfish.grizzly.ssl.SSLUtils.handshakeWrap;
import static org.glassfish.grizzly.ssl.SSLUtils.isHandshaking;

import dev.drey.server.error.Failures;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLConnectionContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS as Grizzly speaks it, but for this: no thread ever waits for a peer, who is refused is told
 * and is a line in the log, and who says that it is going is gone.
 */
public final class TlsConnections implements AddOn {

    private static final Logger LOG = LoggerFactory.getLogger(TlsConnections.class);

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        chain.set(
                chain.indexOfType(SSLBaseFilter.class),
                new TlsFilter(listener.getSslEngineConfig()));
    }

    @SuppressWarnings("rawtypes") // as Grizzly declares it
    private static final class TlsFilter extends SSLBaseFilter {

        /** A wrap may say once more why the handshake failed, before it makes the alert. */
        private static final int ALERT_ATTEMPTS = 2;

        TlsFilter(SSLEngineConfigurator engines) {
            super(engines);
        }

        /** A handshake is much to compute, and must not keep other connections from being read. */
        @Override
        public NextAction handleRead(FilterChainContext context) throws IOException {
            if (!isHandshaking(
                    obtainSslConnectionContext(context.getConnection()).getSslEngine())) {
                return super.handleRead(context);
            }
            context.suspend();
            context.getConnection()
                    .getTransport()
                    .getWorkerThreadPool()
                    .execute(() -> context.resume(handshake(context)));
            return context.getSuspendAction();
        }

        private NextAction handshake(FilterChainContext context) {
            try {
                return super.handleRead(context);
            } catch (IOException | RuntimeException e) {
                LOG.debug("{} is disconnected", peer(context.getConnection()), e);
                context.getConnection().closeSilently();
                return context.getStopAction();
            }
        }

        @Override
        protected void notifyHandshakeFailed(Connection connection, Throwable failure) {
            LOG.info("TLS with {} has failed: {}", peer(connection), Failures.line(failure));
        }

        @Override
        protected Buffer doHandshakeStep(
                SSLConnectionContext tls,
                FilterChainContext context,
                Buffer input,
                Buffer application)
                throws IOException {
            // Answers are wrapped under the same lock: records must go out in their order.
            synchronized (context.getConnection()) {
                try {
                    return super.doHandshakeStep(tls, context, input, application);
                } catch (SSLException e) {
                    alert(tls, context);
                    throw e;
                }
            }
        }

        /**
         * Where Grizzly would wait for more of a peer, it is one that begins the handshake anew,
         * which nobody needs.
         */
        @Override
        protected Buffer doHandshakeSync(
                SSLConnectionContext tls,
                FilterChainContext context,
                Buffer input,
                long timeoutMillis)
                throws IOException {
            doHandshakeStep(tls, context, null, null);
            if (isHandshaking(tls.getSslEngine())) {
                throw new SSLException("A handshake on a connection that had one");
            }
            Buffer rest = context.getMessage();
            return rest.hasRemaining() ? rest : null;
        }

        @Override
        protected NextAction unwrapAll(FilterChainContext context, SSLConnectionContext tls)
                throws SSLException {
            NextAction next = super.unwrapAll(context, tls);
            if (!tls.getSslEngine().isInboundDone()) {
                return next;
            }
            Buffer last = context.getMessage();
            if (last.hasRemaining()) {
                return context.getInvokeAction();
            }
            context.getConnection().closeSilently();
            return context.getStopAction();
        }

        private static void alert(SSLConnectionContext tls, FilterChainContext context) {
            Buffer alert = null;
            for (int attempt = 0; attempt < ALERT_ATTEMPTS && alert == null; attempt++) {
                if (tls.getSslEngine().getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
                    return;
                }
                try {
                    alert = handshakeWrap(context.getConnection(), tls, null);
                } catch (SSLException e) {
                    LOG.trace("It is known why", e);
                }
            }
            if (alert != null) {
                context.write(alert);
            }
        }

        private static String peer(Connection connection) {
            return connection.getPeerAddress() instanceof InetSocketAddress address
                    ? address.getAddress().getHostAddress() + ":" + address.getPort()
                    : String.valueOf(connection.getPeerAddress());
        }
    }
}
