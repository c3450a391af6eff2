package dev.drey.server.jobs;

import static java.util.Objects.requireNonNull;

import dev.drey.model.JobId;
import dev.drey.server.DreyOptions;
import dev.drey.server.Ids;
import dev.drey.server.ServerExecutors;
import dev.drey.server.http.HeldRequests;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.apache.flink.configuration.Configuration;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.jersey.media.sse.SseFeature;

/** What happens to a job, as it happens. Only Drey has it. */
@Singleton
@Path("/")
public final class JobEventsResource {

    private static final long RETRY_AFTER_SECONDS = 5;

    private final JobEvents events;
    private final Executor executor;
    private final Semaphore places;
    private final Duration heartbeat;

    @Inject
    public JobEventsResource(
            JobEvents events, ServerExecutors executors, Configuration configuration) {
        this.events = requireNonNull(events, "events is null");
        this.executor = requireNonNull(executors, "executors is null").rendering();
        this.places = new Semaphore(configuration.get(DreyOptions.EVENTS_MAX_STREAMS));
        this.heartbeat = configuration.get(DreyOptions.EVENTS_HEARTBEAT_INTERVAL);
    }

    @GET
    @Path("/jobs/{jobid}/events")
    @Produces(SseFeature.SERVER_SENT_EVENTS)
    public CompletionStage<Response> events(
            @PathParam("jobid") JobId jobId,
            @HeaderParam(SseFeature.LAST_EVENT_ID_HEADER) String lastEventId,
            @Context Request request) {
        Optional<String> last = Optional.ofNullable(lastEventId);
        CompletableFuture<JobEventLog> log = events.of(Ids.toFlink(jobId));
        if (HttpMethod.HEAD.equals(request.getMethod().getMethodString())) {
            return log.thenApply(known -> Response.ok().build());
        }
        if (!places.tryAcquire()) {
            throw new ServiceUnavailableException(
                    "As many streams of events as %s allows are open: ask again"
                            .formatted(DreyOptions.EVENTS_MAX_STREAMS.key()),
                    RETRY_AFTER_SECONDS);
        }
        JobEventStream stream =
                new JobEventStream(
                        (NIOConnection) request.getContext().getConnection(),
                        heartbeat,
                        executor,
                        places::release);
        // Now: Grizzly may forget a request whose client leaves.
        HeldRequests.hold(request, stream::close, stream::ended);
        CompletableFuture<Response> answer = new CompletableFuture<>();
        var unused =
                log.thenApplyAsync(known -> answer(stream, known, last), executor)
                        .whenComplete(
                                (response, failure) -> {
                                    if (failure != null) {
                                        stream.close();
                                        answer.completeExceptionally(failure);
                                    } else if (!stream.isAbandoned()) {
                                        answer.complete(response);
                                    }
                                });
        return answer;
    }

    private static Response answer(
            JobEventStream stream, JobEventLog log, Optional<String> lastEventId) {
        if (log.isAllTold(lastEventId)) {
            stream.close();
            // By which a browser knows not to come back.
            return Response.noContent().build();
        }
        stream.follow(log, lastEventId);
        return Response.ok(stream.output()).header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
    }
}
