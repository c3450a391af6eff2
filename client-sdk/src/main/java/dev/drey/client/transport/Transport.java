package dev.drey.client.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import dev.drey.client.error.ClientClosedException;
import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.transport.AnswerReader.BodyType;
import dev.drey.model.async.AsynchronousOperationResult;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.AsyncInvoker;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.InvocationCallback;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.HttpException;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.JerseyClientBuilder;

/**
 * The one way from a {@link Request} to its answer.
 *
 * <p>Every future it returns ends: with the body, or exceptionally with one of
 *
 * <ul>
 *   <li>{@link dev.drey.client.error.FlinkRestException}: answered, but not with success
 *   <li>{@link dev.drey.client.error.UnreadableAnswerException}: answered, but not by the API
 *   <li>{@link FlinkConnectionException}: no whole answer
 *   <li>{@link dev.drey.client.error.RequestTimeoutException}: no whole answer in time
 *   <li>{@link ClientClosedException}: the client was closed
 *   <li>{@link FileSystemException}: the file to be sent cannot be read
 * </ul>
 *
 * which is the direct cause of what {@code join()} and {@code get()} throw. Cancelling a future
 * ends its request: the connection is closed.
 *
 * <p>{@link RetrySettings} says when a request is sent more than once.
 *
 * <p>Futures complete on this client's worker threads, never on one that does I/O or counts time.
 * There are four of them, and more (up to 256) while all of them are kept by callbacks that block,
 * in whatever way: within some 20 ms, other requests go on. The futures that {@link #close()}
 * completes do so on the thread that closes, and those that are cancelled on the thread that
 * cancels.
 */
public final class Transport implements AutoCloseable {
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final TransportSettings settings;
    private final ObjectMapper json = ClientJson.mapper();
    private final AnswerReader answers = new AnswerReader(json);
    private final ScheduledExecutorService timer;
    private final Workers workers;
    private final ExecutorService saving;
    private final Client jersey;
    private final Call.Sharing shared;
    private final Set<Call<?>> pending = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Starts a few threads; no connection is made yet.
     *
     * @param settings as they are now
     * @throws IllegalArgumentException if there is no endpoint, or TLS cannot be set up
     */
    public Transport(TransportSettings settings) {
        this(settings, realTimer(), System::nanoTime, Math::random);
    }

    /**
     * @param timer ended with the transport
     * @param nanoTime the clock
     * @param random from 0 to 1
     */
    Transport(
            TransportSettings settings,
            ScheduledExecutorService timer,
            LongSupplier nanoTime,
            DoubleSupplier random) {
        if (settings.endpoints().isEmpty()) {
            throw new IllegalArgumentException("There is no endpoint");
        }
        this.settings = settings.copy();
        this.timer = timer;
        this.workers = new Workers(timer);
        this.saving = Executors.newCachedThreadPool(Transport::savingThread);
        this.shared =
                new Call.Sharing(
                        new Endpoints(settings.endpoints(), nanoTime),
                        settings.retries(),
                        new RetryBudget(settings.retries().budget(), nanoTime),
                        workers,
                        timer,
                        nanoTime,
                        random);
        HttpConnector connector = new HttpConnector(settings, workers, saving);
        ClientConfig config =
                new ClientConfig(new JacksonJsonProvider(json))
                        .connectorProvider((client, configuration) -> connector)
                        .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                        .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true);
        this.jersey =
                new JerseyClientBuilder()
                        .withConfig(config)
                        .executorService(workers)
                        .scheduledExecutorService(timer)
                        .build();
    }

    private static ScheduledExecutorService realTimer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, Transport::timerThread);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    /**
     * Sends {@code request}.
     *
     * @param answer the body that a success has
     */
    public <T> CompletableFuture<T> send(Request request, Class<T> answer) {
        return send(request, type(answer), Answer::body);
    }

    /**
     * Sends {@code request}, to be told who answered, too.
     *
     * @param answer the body that a success has
     */
    public <T> CompletableFuture<Answer<T>> ask(Request request, Class<T> answer) {
        return send(request, type(answer), Function.identity());
    }

    /**
     * Asks for the status of an asynchronous operation.
     *
     * @param operation what the operation results in
     */
    public <V> CompletableFuture<AsynchronousOperationResult<V>> sendForStatus(
            Request request, Class<V> operation) {
        return send(request, statusType(operation), Answer::body);
    }

    /**
     * Asks for the status of an asynchronous operation, to be told who answered, too.
     *
     * @param operation what the operation results in
     */
    public <V> CompletableFuture<Answer<AsynchronousOperationResult<V>>> askForStatus(
            Request request, Class<V> operation) {
        return send(request, statusType(operation), Function.identity());
    }

    private <T> BodyType<T> type(Class<T> body) {
        return new BodyType<>(json.constructType(body));
    }

    private <V> BodyType<AsynchronousOperationResult<V>> statusType(Class<V> operation) {
        return new BodyType<>(
                json.getTypeFactory()
                        .constructParametricType(AsynchronousOperationResult.class, operation));
    }

    /**
     * Sends {@code request}, whose answer is a file. The future completes when the answer begins;
     * until then the request's deadline holds.
     */
    public CompletableFuture<Download> download(Request request) {
        return send(
                request,
                endpoint ->
                        new Exchange<>(
                                request.method(),
                                endpoint,
                                request.path(),
                                request.timeout().orElse(settings.requestTimeout()),
                                position -> download(request.from(position).at(endpoint.uri()))),
                type(Download.class),
                Answer::body);
    }

    /**
     * Sends {@code request}, whose answer is a stream of server-sent events. The future completes
     * when the stream begins.
     *
     * @param event what the data of an event is
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what is chained to a future only closes it
    public <T> CompletableFuture<EventStream<T>> events(Request request, Class<T> event) {
        ObjectReader reader = json.readerFor(event);
        CompletableFuture<Download> source = download(request);
        CompletableFuture<EventStream<T>> stream =
                source.thenApply(opened -> new EventStream<>(opened, reader));
        stream.whenComplete(
                (opened, failure) -> {
                    if (failure != null && !source.cancel(false)) {
                        source.thenAccept(Download::close);
                    }
                });
        return stream;
    }

    /** Where tasks run that wait for what comes. Each has a thread as long as it runs. */
    public Executor waiting() {
        return saving;
    }

    /** Where callbacks run. */
    public Executor callbacks() {
        return workers;
    }

    /** The client's clock. What it runs must be short, and is best handed to the callbacks. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    private <T, R> CompletableFuture<R> send(
            Request request, BodyType<T> type, Function<Answer<T>, R> told) {
        return send(
                request,
                endpoint -> new Exchange<>(request.method(), endpoint, request.path()),
                type,
                told);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the call's own future tells the outcome
    private <T, R> CompletableFuture<R> send(
            Request request,
            Function<Endpoint, Exchange<R>> exchanges,
            BodyType<T> type,
            Function<Answer<T>, R> told) {
        Call<R> call =
                new Call<>(
                        request,
                        request.timeout().orElse(clientTimeout(request)),
                        request.timeout().isEmpty()
                                ? Optional.of(settings.attemptTimeout())
                                : Optional.empty(),
                        exchanges,
                        exchange -> start(exchange, request, new Outcome<>(exchange, type, told)),
                        shared);
        CompletableFuture<R> result = call.result();
        pending.add(call);
        result.whenComplete(
                (body, failure) -> {
                    if (body instanceof Download file) {
                        file.ended().thenRun(() -> pending.remove(call));
                    } else {
                        pending.remove(call);
                    }
                });
        try {
            call.start();
        } catch (RuntimeException e) {
            result.completeExceptionally(closed.get() ? new ClientClosedException() : e);
        }
        if (closed.get()) {
            // close() may have looked at the pending ones before this one was among them.
            end(call);
        }
        return result;
    }

    private Duration clientTimeout(Request request) {
        return request.files().isEmpty() ? settings.requestTimeout() : settings.uploadTimeout();
    }

    private static void end(Call<?> call) {
        call.end();
        call.result().completeExceptionally(new ClientClosedException());
    }

    private void start(Exchange<?> exchange, Request request, Outcome<?, ?> outcome) {
        if (settings.asksForTokens()) {
            // Whoever gives them may take long.
            workers.execute(
                    () -> {
                        try {
                            send(exchange, request, outcome);
                        } catch (RuntimeException e) {
                            exchange.result().completeExceptionally(e);
                        }
                    });
        } else {
            send(exchange, request, outcome);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the exchange's own future tells the outcome
    private void send(Exchange<?> exchange, Request request, Outcome<?, ?> outcome) {
        Invocation.Builder head =
                jersey.target(exchange.uri())
                        .request(MediaType.APPLICATION_JSON_TYPE)
                        .property(HttpConnector.EXCHANGE, exchange);
        headers(exchange, request).forEach(head::header);
        AsyncInvoker invoker = head.async();
        Entity<?> body = body(request);
        if (body == null) {
            invoker.method(request.method(), outcome);
        } else {
            invoker.method(request.method(), body, outcome);
        }
    }

    private Map<String, String> headers(Exchange<?> exchange, Request request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", "drey-client-sdk");
        if (request.position() > 0) {
            headers.put("Range", "bytes=%d-".formatted(request.position()));
        }
        if (!exchange.isDownload()) {
            headers.put("Accept-Encoding", "gzip");
        }
        headers.putAll(settings.headers());
        settings.authorization().ifPresent(value -> headers.put("Authorization", value));
        headers.putAll(request.headers());
        return headers;
    }

    private Entity<?> body(Request request) {
        if (!request.files().isEmpty()) {
            return Entity.entity(form(request), MediaType.MULTIPART_FORM_DATA_TYPE);
        }
        if (request.json() != null) {
            return Entity.json(request.json());
        }
        return request.method().equals("PATCH") ? HttpConnector.EMPTY : null;
    }

    private Request.Form form(Request request) {
        try {
            return new Request.Form(
                    request.json() == null ? null : json.writeValueAsString(request.json()),
                    request.files());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Ends all requests, whose futures complete with a {@link ClientClosedException}, and returns
     * when its threads have ended: at once, unless a callback blocks, and after a few seconds even
     * then. Requests of a closed client fail.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        timer.shutdownNow();
        pending.forEach(Transport::end);
        workers.shutdown();
        saving.shutdown();
        try {
            timer.awaitTermination(SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS);
            if (!workers.isOneOf(Thread.currentThread())
                    && !workers.awaitTermination(SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            // Last, because a worker that is still at an answer needs it.
            jersey.close();
        }
    }

    private static Thread timerThread(Runnable task) {
        return daemon(task, "drey-client-timer");
    }

    private static Thread savingThread(Runnable task) {
        return daemon(task, "drey-client-saving");
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Completes the future of an exchange with what came of it. */
    private final class Outcome<T, R> implements InvocationCallback<Response> {
        private final Exchange<R> exchange;
        private final BodyType<T> type;
        private final Function<Answer<T>, R> told;

        Outcome(Exchange<R> exchange, BodyType<T> type, Function<Answer<T>, R> told) {
            this.exchange = exchange;
            this.type = type;
            this.told = told;
        }

        @Override
        public void completed(Response response) {
            if (exchange.arriving() != null) {
                arrives();
                return;
            }
            exchange.answered();
            R answer;
            try (response) {
                URI endpoint = exchange.endpoint().uri();
                HttpHeaders headers =
                        HttpHeaders.of(response.getStringHeaders(), (name, value) -> true);
                T body =
                        answers.read(
                                new AnswerReader.Reply(
                                        exchange.method(),
                                        exchange.uri(),
                                        endpoint,
                                        response.getStatus(),
                                        headers),
                                response.readEntity(byte[].class),
                                type);
                answer = told.apply(new Answer<>(body, endpoint, headers));
            } catch (RuntimeException e) {
                exchange.result().completeExceptionally(e);
                return;
            }
            exchange.result().complete(answer);
        }

        @SuppressWarnings("unchecked") // only an exchange of a download has one
        private void arrives() {
            if (!exchange.result().complete((R) exchange.arriving())) {
                exchange.arriving().close();
            }
        }

        @Override
        public void failed(Throwable failure) {
            if (exchange.isEnded()) {
                // Whoever ended it knows the reason and tells it.
                return;
            }
            Throwable cause = failure;
            while (cause instanceof ProcessingException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            boolean wire =
                    cause instanceof HttpException
                            || (cause instanceof IOException
                                    && !(cause instanceof FileSystemException));
            exchange.result()
                    .completeExceptionally(
                            wire
                                    ? new FlinkConnectionException(
                                            exchange.method(),
                                            exchange.uri(),
                                            exchange.isSent(),
                                            cause)
                                    : cause);
        }
    }
}
