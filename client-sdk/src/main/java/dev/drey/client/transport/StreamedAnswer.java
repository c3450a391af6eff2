package dev.drey.client.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Hands a success on when its head has come; all else is collected, to be told as a failure. */
final class StreamedAnswer implements AsyncResponseConsumer<Message<HttpResponse, byte[]>> {
    private final AsyncResponseConsumer<Message<HttpResponse, byte[]>> collected;
    private final BiFunction<HttpResponse, EntityDetails, Download> downloads;
    private final BiConsumer<HttpResponse, Download> begun;
    private final Runnable ended;
    private volatile Download download;
    private FutureCallback<Message<HttpResponse, byte[]>> callback;

    /**
     * @param collected takes all but successes
     * @param downloads makes a download of a head
     * @param begun is given the head and what follows it
     * @param ended runs when the connection is needed no more
     */
    StreamedAnswer(
            AsyncResponseConsumer<Message<HttpResponse, byte[]>> collected,
            BiFunction<HttpResponse, EntityDetails, Download> downloads,
            BiConsumer<HttpResponse, Download> begun,
            Runnable ended) {
        this.collected = collected;
        this.downloads = downloads;
        this.begun = begun;
        this.ended = ended;
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            EntityDetails entity,
            HttpContext context,
            FutureCallback<Message<HttpResponse, byte[]>> resultCallback)
            throws HttpException, IOException {
        if (entity == null || response.getCode() < 200 || response.getCode() > 299) {
            collected.consumeResponse(response, entity, context, resultCallback);
            return;
        }
        callback = resultCallback;
        download = downloads.apply(response, entity);
        begun.accept(response, download);
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context)
            throws HttpException, IOException {
        collected.informationResponse(response, context);
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        if (download == null) {
            collected.updateCapacity(channel);
        } else {
            download.opened(channel);
        }
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        if (download == null) {
            collected.consume(bytes);
        } else {
            download.arrive(bytes);
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) throws HttpException, IOException {
        if (download == null) {
            collected.streamEnd(trailers);
        } else {
            ended.run();
            download.complete();
            callback.completed(null);
        }
    }

    @Override
    public void failed(Exception cause) {
        if (download == null) {
            collected.failed(cause);
        } else {
            download.fail(cause);
        }
    }

    @Override
    public void releaseResources() {
        collected.releaseResources();
    }
}
