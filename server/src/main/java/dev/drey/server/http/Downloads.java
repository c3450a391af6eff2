package dev.drey.server.http;

import static java.util.Objects.requireNonNull;

import dev.drey.server.ServerExecutors;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.nio.NIOConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests with files: whole, or the one range that is asked for. How large a file is and
 * how slowly it is taken costs neither memory nor threads. So Jersey has no part in it: what it
 * writes, it writes at once.
 */
public final class Downloads {

    private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);

    private static final String TYPE = "text/plain";

    private final Executor executor;

    @Inject
    public Downloads(ServerExecutors executors) {
        this.executor = requireNonNull(executors, "executors is null").downloads();
    }

    /**
     * Answers {@code request} with {@code content}, which is closed in any case.
     *
     * @return ends when the answer was given; fails if none was begun
     */
    public CompletionStage<jakarta.ws.rs.core.Response> answer(
            Request request, CompletionStage<? extends Content> content) {
        // What is needed of it is taken now: Grizzly may forget a request whose client leaves.
        NIOConnection connection = (NIOConnection) request.getContext().getConnection();
        Response response = request.getResponse();
        boolean head = HttpMethod.HEAD.equals(request.getMethod().getMethodString());
        List<String> ranges = ranges(request);
        return content.thenComposeAsync(
                        opened -> send(opened, ranges, head, response, connection), executor)
                // Jersey finds its answer given.
                .thenApply(sent -> jakarta.ws.rs.core.Response.ok().build());
    }

    private CompletableFuture<Void> send(
            Content content,
            List<String> ranges,
            boolean head,
            Response response,
            NIOConnection connection) {
        Transfer transfer;
        try {
            Optional<ByteRange> part = ByteRange.of(ranges, content.length());
            long first = part.map(ByteRange::first).orElse(0L);
            long size = part.map(ByteRange::size).orElseGet(content::length);
            response.setStatus(
                    part.isPresent() ? HttpStatus.PARTIAL_CONTENT_206 : HttpStatus.OK_200);
            response.setContentType(TYPE);
            response.setContentLengthLong(size);
            response.setHeader(Header.AcceptRanges, "bytes");
            part.ifPresent(
                    range ->
                            response.setHeader(
                                    Header.ContentRange, range.within(content.length())));
            long end = head ? first : first + size;
            transfer = new Transfer(content, first, end, response, connection, executor);
        } catch (RuntimeException e) {
            close(content);
            throw e;
        }
        return transfer.start();
    }

    private static List<String> ranges(Request request) {
        List<String> ranges = new ArrayList<>();
        // With it, a part is wanted only of a file that has not changed: a log always has.
        if (request.getHeader(Header.IfRange) == null) {
            request.getRequest().getHeaders().values(Header.Range).forEach(ranges::add);
        }
        return ranges;
    }

    static void close(Content content) {
        try {
            content.close();
        } catch (IOException e) {
            LOG.warn("A file that was sent cannot be closed", e);
        }
    }
}
