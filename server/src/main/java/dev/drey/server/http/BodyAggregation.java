package dev.drey.server.http;

import dev.drey.server.error.JsonErrorPages;
import java.io.IOException;
import java.util.Set;
import org.apache.flink.configuration.RestOptions;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * Hands a request on once its body is there, so that a slow sender holds a connection and no
 * thread. A body that is too long is 413. Answers never wait for a slow reader, so one that goes on
 * to ask without reading is cut off.
 */
public final class BodyAggregation implements AddOn {

    private static final String CONTINUE = "100-continue";
    private static final int MOST_UNREAD = 1 << 20;

    private final int maxContentLength;
    private final Set<String> streamedRoutes;

    /**
     * @param maxContentLength bytes, from {@code rest.server.max-content-length}
     * @param streamedRoutes routes, each a method and a path, whose bodies are handed on as they
     *     come, whatever their length
     */
    public BodyAggregation(int maxContentLength, Set<String> streamedRoutes) {
        this.maxContentLength = maxContentLength;
        this.streamedRoutes = Set.copyOf(streamedRoutes);
    }

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        chain.add(chain.indexOfType(HttpServerFilter.class), new Aggregator());
    }

    private final class Aggregator extends BaseFilter {

        @Override
        public NextAction handleRead(FilterChainContext context) throws IOException {
            if (!(context.getMessage() instanceof HttpContent content)
                    || !(content.getHttpHeader() instanceof HttpRequestPacket request)) {
                return context.getInvokeAction();
            }
            if (unreadBytes(context) > MOST_UNREAD) {
                context.getConnection().terminateSilently();
                return context.getStopAction();
            }
            if (hasUnknownEncoding(request)) {
                return refuse(
                        context,
                        request,
                        HttpStatus.BAD_REQUEST_400,
                        "Unknown Transfer-Encoding: send chunked, or Content-Length");
            }
            if (isStreamed(request)) {
                return context.getInvokeAction();
            }
            if (request.getContentLength() > maxContentLength
                    || content.getContent().remaining() > maxContentLength) {
                return refuse(
                        context,
                        request,
                        HttpStatus.REQUEST_ENTITY_TOO_LARGE_413,
                        "The request body is longer than %d bytes (%s)"
                                .formatted(
                                        maxContentLength,
                                        RestOptions.SERVER_MAX_CONTENT_LENGTH.key()));
            }
            if (content.isLast()) {
                return context.getInvokeAction();
            }
            if (request.requiresAcknowledgement()) {
                if (!CONTINUE.equalsIgnoreCase(request.getHeader(Header.Expect))) {
                    return context.getInvokeAction();
                }
                acknowledge(context, request);
            }
            return context.getStopAction(content);
        }

        /** Answers that were given and not yet taken: who goes on to ask does not read them. */
        private static int unreadBytes(FilterChainContext context) {
            return ((NIOConnection) context.getConnection()).getAsyncWriteQueue().spaceInBytes();
        }

        /** Where such a body ends is not known. */
        private static boolean hasUnknownEncoding(HttpRequestPacket request) {
            return request.containsHeader(Header.TransferEncoding) && !request.isChunked();
        }

        private static void acknowledge(FilterChainContext context, HttpRequestPacket request) {
            HttpResponsePacket response = request.getResponse();
            HttpStatus.CONINTUE_100.setValues(response);
            response.setAcknowledgement(true);
            context.write(response);
        }

        /** An offer to upgrade is ignored: without this the body would be taken for endless. */
        @Override
        public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) {
            if (event instanceof HttpEvents.IncomingHttpUpgradeEvent upgrade) {
                upgrade.getHttpHeader().setIgnoreContentModifiers(false);
                upgrade.getHttpHeader().getUpgradeDC().recycle();
            }
            return context.getInvokeAction();
        }

        private boolean isStreamed(HttpRequestPacket request) {
            String path = ApiVersionFilter.withoutVersion(request.getRequestURI());
            return streamedRoutes.contains(request.getMethod().getMethodString() + " " + path);
        }

        private NextAction refuse(
                FilterChainContext context,
                HttpRequestPacket request,
                HttpStatus status,
                String line) {
            HttpResponsePacket response = request.getResponse();
            request.getProcessingState().setError(true);
            byte[] body = JsonErrorPages.body(line);
            response.setStatus(status);
            response.setContentType(JsonErrorPages.CONTENT_TYPE);
            response.setContentLengthLong(body.length);
            response.setHeader(Header.Connection, "close");
            context.write(
                    HttpContent.builder(response)
                            .content(Buffers.wrap(context.getMemoryManager(), body))
                            .last(true)
                            .build());
            context.flush(
                    new EmptyCompletionHandler<Object>() {
                        @Override
                        public void completed(Object result) {
                            context.getConnection().closeSilently();
                        }
                    });
            return context.getStopAction();
        }
    }
}
