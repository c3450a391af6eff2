package dev.drey.client.transport;

import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.hc.client5.http.ContextBuilder;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentTooLongException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.glassfish.jersey.client.ClientRequest;
import org.glassfish.jersey.client.ClientResponse;
import org.glassfish.jersey.client.spi.AsyncConnectorCallback;
import org.glassfish.jersey.client.spi.Connector;
import org.glassfish.jersey.message.internal.Statuses;

/**
 * Carries Jersey's requests with Apache's asynchronous HTTP client.
 *
 * <p>No thread waits for the network: a request is handed over, and its whole answer comes back in
 * memory, unless it is a {@link Download}. It knows no timeouts of its own; an {@link Exchange}
 * ends its request when its time is over, whatever the connection is doing.
 */
final class HttpConnector implements Connector {
    /** The name of the request property that holds the {@link Exchange}. */
    static final String EXCHANGE = Exchange.class.getName();

    /** Stands for no body where Jersey insists on one: a PATCH goes out without. */
    static final Entity<?> EMPTY =
            Entity.entity(NoBody.INSTANCE, MediaType.APPLICATION_OCTET_STREAM_TYPE);

    private static final int IO_THREADS = 2;
    private static final int MAX_CONNECTIONS = 40;
    static final int MAX_ANSWER_BYTES = 256 << 20;

    private static final System.Logger LOG = System.getLogger(HttpConnector.class.getName());

    /** Below the idle timeouts of servers, so that none closes a connection as it is reused. */
    private static final Timeout MAX_IDLE = Timeout.ofSeconds(15);

    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final CloseableHttpAsyncClient http;
    private volatile boolean closed;
    private final Executor callbacks;
    private final Executor saving;
    private final Supplier<HttpClientContext> contexts;

    /**
     * @param callbacks takes the outcomes
     * @param saving writes downloads to files
     */
    HttpConnector(TransportSettings settings, Executor callbacks, Executor saving) {
        this.callbacks = callbacks;
        this.saving = saving;
        Timeout connectTimeout = Timeout.of(settings.connectTimeout());
        TransportSettings.Proxy proxy = settings.proxy();
        HttpHost proxyHost = proxy == null ? null : new HttpHost(proxy.host(), proxy.port());
        this.contexts = contexts(proxy, proxyHost);
        this.http =
                HttpAsyncClients.custom()
                        .setConnectionManager(
                                PoolingAsyncClientConnectionManagerBuilder.create()
                                        .setMaxConnPerRoute(MAX_CONNECTIONS)
                                        .setMaxConnTotal(MAX_CONNECTIONS)
                                        .setTlsStrategy(tlsStrategy(settings))
                                        .setDefaultTlsConfig(
                                                TlsConfig.custom()
                                                        .setHandshakeTimeout(connectTimeout)
                                                        .setVersionPolicy(
                                                                HttpVersionPolicy.FORCE_HTTP_1)
                                                        .build())
                                        .setDefaultConnectionConfig(
                                                ConnectionConfig.custom()
                                                        .setConnectTimeout(connectTimeout)
                                                        .setSocketTimeout(Timeout.DISABLED)
                                                        .setIdleTimeout(MAX_IDLE)
                                                        .build())
                                        .build())
                        .setDefaultRequestConfig(
                                RequestConfig.custom()
                                        .setConnectionRequestTimeout(Timeout.DISABLED)
                                        .setResponseTimeout(Timeout.DISABLED)
                                        .setProtocolUpgradeEnabled(false)
                                        .setMaxRedirects(SameOriginRedirects.MOST)
                                        .setCircularRedirectsAllowed(true)
                                        .build())
                        .setIOReactorConfig(
                                IOReactorConfig.custom().setIoThreadCount(IO_THREADS).build())
                        .setThreadFactory(new DefaultThreadFactory("drey-client-io", true))
                        .setIoReactorExceptionCallback(this::ioThreadFailed)
                        .addExecInterceptorBefore(
                                ChainElement.MAIN_TRANSPORT.name(),
                                EXCHANGE,
                                HttpConnector::takeConnection)
                        .disableAutomaticRetries()
                        .setRedirectStrategy(new SameOriginRedirects())
                        .setProxy(proxyHost)
                        .disableCookieManagement()
                        .disableContentCompression()
                        .build();
        http.start();
    }

    /** What the JDK trusts takes a while to read: {@code null} where nobody will ask. */
    private static TlsStrategy tlsStrategy(TransportSettings settings) {
        if (settings.endpoints().stream()
                .noneMatch(endpoint -> endpoint.getScheme().equalsIgnoreCase("https"))) {
            return null;
        }
        // The JDK's own check alone lets a certificate of another host pass here.
        return ClientTlsStrategyBuilder.create()
                .setSslContext(settings.tls().context())
                .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
                .setHostnameVerifier(
                        settings.tls().verifiesHosts()
                                ? HttpsSupport.getDefaultHostnameVerifier()
                                : NoopHostnameVerifier.INSTANCE)
                .buildAsync();
    }

    /**
     * A proxy is told the password at once: a body that was streamed to it cannot be sent again.
     */
    private static Supplier<HttpClientContext> contexts(
            TransportSettings.Proxy proxy, HttpHost host) {
        if (proxy == null || proxy.user() == null) {
            return HttpClientContext::create;
        }
        UsernamePasswordCredentials credentials =
                new UsernamePasswordCredentials(proxy.user(), proxy.password().toCharArray());
        return () -> ContextBuilder.create().preemptiveBasicAuth(host, credentials).build();
    }

    @Override
    public ClientResponse apply(ClientRequest request) {
        throw new UnsupportedOperationException("Requests are sent asynchronously only");
    }

    @Override
    public Future<?> apply(ClientRequest request, AsyncConnectorCallback callback) {
        Exchange<?> exchange = (Exchange<?>) request.getProperty(EXCHANGE);
        AsyncEntityProducer body;
        try {
            body = body(request);
        } catch (IOException e) {
            callback.failure(e);
            return CompletableFuture.failedFuture(e);
        }
        BasicHttpRequest message = new BasicHttpRequest(request.getMethod(), request.getUri());
        request.getStringHeaders()
                .forEach(
                        (name, values) -> {
                            // The body brings its own.
                            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                                values.forEach(value -> message.addHeader(name, value));
                            }
                        });
        HttpClientContext context = contexts.get();
        context.setAttribute(EXCHANGE, exchange);
        Reply reply = new Reply(request, exchange, callback);
        Future<?> sent =
                http.execute(
                        new BasicRequestProducer(message, body),
                        consumer(exchange, reply),
                        context,
                        reply);
        exchange.endWith(() -> sent.cancel(true));
        return sent;
    }

    private AsyncResponseConsumer<Message<HttpResponse, byte[]>> consumer(
            Exchange<?> exchange, Reply reply) {
        BasicResponseConsumer<byte[]> whole = new BasicResponseConsumer<>(new BoundedBody());
        if (!exchange.isDownload()) {
            return whole;
        }
        return new StreamedAnswer(
                whole,
                (head, file) -> new Download(exchange, head, file, saving),
                reply::begun,
                exchange::answered);
    }

    /**
     * Ties the exchange to the connection that it was given. Cancelling the client's future is
     * enough only while a request waits for its connection: the client loses track of what a
     * cancellation must close when the connection comes from the pool, or comes quickly.
     */
    private static void takeConnection(
            HttpRequest request,
            AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        Exchange<?> exchange = (Exchange<?>) scope.clientContext.getAttribute(EXCHANGE);
        exchange.endWith(scope.execRuntime::discardEndpoint);
        if (!exchange.send()) {
            callback.failed(new InterruptedIOException("The request was ended"));
            return;
        }
        try {
            chain.proceed(request, body, scope, callback);
        } catch (IllegalStateException e) {
            // Ended between the question and the attempt: the connection is gone.
            callback.failed(e);
        }
    }

    private static AsyncEntityProducer body(ClientRequest request) throws IOException {
        if (request.getEntity() == null || request.getEntity() instanceof NoBody) {
            return null;
        }
        if (request.getEntity() instanceof Request.Form form) {
            return new MultipartForm(form);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        request.setStreamProvider(length -> bytes);
        request.writeEntity();
        return new BasicAsyncEntityProducer(
                bytes.toByteArray(), ContentType.parse(request.getMediaType().toString()));
    }

    @Override
    public String getName() {
        return "Apache HttpClient";
    }

    /** Breaks all connections off and returns when the I/O threads have ended. */
    @Override
    public void close() {
        closed = true;
        http.close(CloseMode.IMMEDIATE);
        try {
            http.awaitShutdown(TimeValue.of(SHUTDOWN));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An I/O thread may look at its connections once more while they are being closed. */
    private void ioThreadFailed(Exception failure) {
        // What an I/O thread stumbles over when it is closed under its feet is no news.
        if (!(closed
                && (failure instanceof ClosedSelectorException
                        || failure instanceof ConcurrentModificationException))) {
            LOG.log(System.Logger.Level.ERROR, "An I/O thread of the client failed", failure);
        }
    }

    private enum NoBody {
        INSTANCE
    }

    /** Takes the outcome off the I/O thread. */
    private final class Reply implements FutureCallback<Message<HttpResponse, byte[]>> {
        private final ClientRequest request;
        private final Exchange<?> exchange;
        private final AsyncConnectorCallback callback;

        Reply(ClientRequest request, Exchange<?> exchange, AsyncConnectorCallback callback) {
            this.request = request;
            this.exchange = exchange;
            this.callback = callback;
        }

        /** The head is there, and the rest comes while it is read. */
        void begun(HttpResponse head, Download file) {
            exchange.arrives(file);
            exchange.endWith(() -> file.fail(new InterruptedIOException("The request was ended")));
            handOver(() -> callback.response(toJersey(new Message<>(head))));
        }

        @Override
        public void completed(Message<HttpResponse, byte[]> answer) {
            if (exchange.arriving() == null) {
                handOver(() -> callback.response(toJersey(answer)));
            }
        }

        @Override
        public void failed(Exception cause) {
            if (exchange.arriving() == null) {
                handOver(() -> callback.failure(cause));
            } else {
                exchange.arriving().fail(cause);
            }
        }

        @Override
        public void cancelled() {
            failed(new IOException("The request was ended"));
        }

        private void handOver(Runnable outcome) {
            try {
                callbacks.execute(
                        () -> {
                            // Whoever ended it tells why, and Jersey may be closed by now.
                            if (!exchange.isEnded()) {
                                outcome.run();
                            }
                        });
            } catch (RejectedExecutionException e) {
                // The client is closed, and has told all who wait.
            }
        }

        private ClientResponse toJersey(Message<HttpResponse, byte[]> answer) {
            HttpResponse head = answer.getHead();
            ClientResponse response = new ClientResponse(Statuses.from(head.getCode()), request);
            for (Header header : head.getHeaders()) {
                response.getHeaders().add(header.getName(), header.getValue());
            }
            byte[] body = answer.getBody();
            response.setEntityStream(new ByteArrayInputStream(body == null ? new byte[0] : body));
            return response;
        }
    }

    /** Bounds what a misbehaving server can put into memory. */
    private static final class BoundedBody extends BasicAsyncEntityConsumer {
        private long length;

        @Override
        protected void data(ByteBuffer bytes, boolean endOfStream) throws IOException {
            length += bytes.remaining();
            if (length > MAX_ANSWER_BYTES) {
                throw new ContentTooLongException(
                        "The answer is larger than %d bytes".formatted(MAX_ANSWER_BYTES));
            }
            super.data(bytes, endOfStream);
        }
    }
}
