package dev.drey.server.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import dev.drey.model.JobId;
import dev.drey.server.TestServer;
import dev.drey.server.http.WireFormatFilter;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.api.common.ApplicationID;
import org.apache.flink.api.common.ApplicationState;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.dispatcher.UnavailableDispatcherOperationException;
import org.apache.flink.runtime.messages.FlinkApplicationTerminatedWithoutCancellationException;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.messages.FlinkJobTerminatedWithoutCancellationException;
import org.apache.flink.runtime.resourcemanager.exceptions.UnknownTaskExecutorException;
import org.apache.flink.runtime.rest.handler.RestHandlerException;
import org.apache.flink.runtime.rpc.exceptions.EndpointNotStartedException;
import org.apache.flink.runtime.rpc.exceptions.FencingTokenException;
import org.apache.flink.runtime.rpc.exceptions.RecipientUnreachableException;
import org.apache.flink.runtime.rpc.exceptions.RpcConnectionException;
import org.apache.flink.runtime.rpc.exceptions.RpcException;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThrowableMapperTest {

    private static final JobID JOB = new JobID(7, 11);
    private static final String SECRET = "/etc/secret";
    private static final String LEADER_LOST =
            "The cluster's leader cannot be reached: it may be changing, ask again";

    @AutoClose
    private static final TestServer SERVER =
            TestServer.of(
                    new ResourceConfig(
                            FailingResource.class,
                            ThrowableMapper.class,
                            WireFormatFilter.class,
                            JacksonJsonProvider.class));

    private static final Map<String, Failure> FAILURES =
            Map.ofEntries(
                    failure("not-found", NotFoundException::new, 404, "Not found: /failures/"),
                    failure("no-jar", () -> new NotFoundException("No jar x"), 404, "No jar x"),
                    failure("bad", () -> new BadRequestException("Send a number"), 400, "number"),
                    failure("bad-silent", BadRequestException::new, 400, "Bad Request"),
                    failure(
                            "bad-with-trace",
                            () -> new BadRequestException("one\n  two\n\tat a.B.c(B.java:1)\n"),
                            400,
                            "one two"),
                    failure("forbidden", () -> new ForbiddenException("Not you"), 403, "Not you"),
                    failure(
                            "unavailable",
                            () -> new ServiceUnavailableException("Ask again", 3L),
                            503,
                            "Ask again"),
                    failure(
                            "unknown-job",
                            () -> new FlinkJobNotFoundException(JOB),
                            404,
                            JOB.toString()),
                    failure(
                            "unknown-task-manager",
                            () -> new UnknownTaskExecutorException(new ResourceID("tm:1")),
                            404,
                            "tm:1"),
                    failure(
                            "ended-job",
                            () ->
                                    new FlinkJobTerminatedWithoutCancellationException(
                                            JOB, JobStatus.FINISHED),
                            409,
                            "FINISHED"),
                    failure(
                            "ended-application",
                            () ->
                                    new FlinkApplicationTerminatedWithoutCancellationException(
                                            new ApplicationID(7, 11), ApplicationState.FINISHED),
                            409,
                            "FINISHED"),
                    failure(
                            "refused-by-the-cluster",
                            () ->
                                    new RestHandlerException(
                                            "Bound 0\nand bound 1", HttpResponseStatus.BAD_REQUEST),
                            400,
                            "Bound 0 and bound 1"),
                    failure(
                            "failed-in-the-cluster",
                            () ->
                                    new RestHandlerException(
                                            SECRET, HttpResponseStatus.INTERNAL_SERVER_ERROR),
                            500,
                            "reference"),
                    failure("timeout", () -> new TimeoutException("Waited 10 s"), 504, "10 s"),
                    failure("timeout-silent", TimeoutException::new, 504, "TimeoutException"),
                    failure("fenced", () -> new FencingTokenException(SECRET), 503, LEADER_LOST),
                    failure(
                            "unreachable",
                            () -> new RecipientUnreachableException(SECRET, SECRET, SECRET),
                            503,
                            LEADER_LOST),
                    failure(
                            "not-connected",
                            () -> new RpcConnectionException(SECRET),
                            503,
                            LEADER_LOST),
                    failure(
                            "not-started",
                            () -> new EndpointNotStartedException(SECRET),
                            503,
                            LEADER_LOST),
                    failure(
                            "unreadable-answer",
                            () ->
                                    new RpcException(
                                            "Could not read it",
                                            new ClassNotFoundException("user.Failure")),
                            502,
                            "Could not read it (ClassNotFoundException: user.Failure)"),
                    failure(
                            "too-large-answer",
                            () -> new RpcException("12 MB exceed the frame size"),
                            502,
                            "12 MB exceed the frame size"),
                    failure(
                            "recovering",
                            () -> new UnavailableDispatcherOperationException(SECRET),
                            503,
                            LEADER_LOST),
                    failure("bug", () -> new IllegalStateException(SECRET), 500, "reference"),
                    failure(
                            "bug-or-wrong-argument",
                            () -> new IllegalArgumentException(SECRET),
                            500,
                            "reference"),
                    failure("error", () -> new NoClassDefFoundError(SECRET), 500, "reference"));

    /**
     * What goes wrong.
     *
     * @param status the status that it is
     * @param line a part of the line that tells it
     */
    record Failure(Supplier<Throwable> throwable, int status, String line) {}

    /** When the route fails, seen from its return. */
    public enum Moment {
        WHILE_IT_RUNS,
        ALREADY_DONE,
        STILL_PENDING
    }

    static Stream<Arguments> failures() {
        return FAILURES.keySet().stream()
                .sorted()
                .flatMap(
                        failure ->
                                Arrays.stream(Moment.values())
                                        .map(moment -> Arguments.of(failure, moment)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureIsTheSameAnswerWheneverItHappens(String name, Moment moment) {
        Failure failure = FAILURES.get(name);

        String line = SERVER.get("/failures/" + name + "/" + moment).refused(failure.status());

        assertThat(line)
                .contains(failure.line())
                .doesNotContain(SECRET, "java.", "dev.drey", "org.apache");
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void whatIsNotFoundWithoutAMessageIsThePath(Moment moment) {
        String path = "/failures/not-found/" + moment;

        assertThat(SERVER.get(path + "?x=1").refused(404)).isEqualTo("Not found: " + path);
    }

    @Test
    void headersOfARefusalAreKept() {
        assertThat(SERVER.get("/failures/unavailable/STILL_PENDING").header("Retry-After"))
                .isEqualTo("3");
    }

    @Test
    void whoMeetsNoLeaderIsToldWhenToAskAgain() {
        assertThat(SERVER.get("/failures/fenced/STILL_PENDING").header("Retry-After"))
                .isEqualTo("1");
        assertThat(SERVER.get("/failures/bug/STILL_PENDING").header("Retry-After")).isNull();
    }

    @Test
    void twoInternalErrorsHaveTwoReferences() {
        String first = SERVER.get("/failures/bug/ALREADY_DONE").refused(500);
        String second = SERVER.get("/failures/bug/ALREADY_DONE").refused(500);

        assertThat(first).matches(".* under reference [0-9a-f]{16}").isNotEqualTo(second);
    }

    @Test
    void aPathThatIsNoRouteIs404() {
        assertThat(SERVER.get("/nowhere?x=1").refused(404)).isEqualTo("Not found: /nowhere");
    }

    @Test
    void aMethodThatARouteDoesNotHaveIs405AndTheOthersAreTold() {
        TestServer.Answer answer = SERVER.send("DELETE", "/number/1", "");

        assertThat(answer.refused(405))
                .isEqualTo(
                        "Method DELETE is not allowed on /number/1; allowed: GET, HEAD, OPTIONS");
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void headIsNotPromisedWhereThereIsNoGet() {
        assertThat(SERVER.get("/written").header("Allow")).isEqualTo("OPTIONS, POST");
    }

    @Test
    void aPathParameterThatDoesNotParseIs400WithTheReasonOfItsType() {
        assertThat(SERVER.get("/job/xyz").refused(400))
                .isEqualTo("Parameter 'jobid': 'xyz' is no job id: expected 32 hexadecimal digits");
    }

    @Test
    void aQueryParameterThatDoesNotParseIs400() {
        assertThat(SERVER.get("/number/1?count=many").refused(400))
                .startsWith("Parameter 'count': ")
                .contains("many");
    }

    private static Map.Entry<String, Failure> failure(
            String name, Supplier<Throwable> throwable, int status, String line) {
        return Map.entry(name, new Failure(throwable, status, line));
    }

    @Path("/")
    public static final class FailingResource {

        @GET
        @Path("/failures/{failure}/{moment}")
        public CompletionStage<String> fail(
                @PathParam("failure") String name, @PathParam("moment") Moment moment)
                throws Throwable {
            Throwable failure = FAILURES.get(name).throwable().get();
            return switch (moment) {
                case WHILE_IT_RUNS -> throw failure;
                case ALREADY_DONE ->
                        CompletableFuture.<String>failedFuture(failure).thenApply(answer -> answer);
                case STILL_PENDING -> pending(failure);
            };
        }

        @GET
        @Path("/number/{number}")
        public String number(@PathParam("number") int number, @QueryParam("count") int count) {
            return number + " " + count;
        }

        @GET
        @Path("/job/{jobid}")
        public String job(@PathParam("jobid") JobId job) {
            return job.value();
        }

        @POST
        @Path("/written")
        public String write() {
            return "";
        }

        /** Fails in another thread once Jersey waits for it, wrapped as dependent stages are. */
        private static CompletionStage<String> pending(Throwable failure) {
            CompletableFuture<String> cluster = new CompletableFuture<>();
            CompletableFuture<String> answer =
                    new CompletableFuture<>() {
                        @Override
                        public CompletableFuture<String> whenComplete(
                                BiConsumer<? super String, ? super Throwable> action) {
                            CompletableFuture<String> awaited = super.whenComplete(action);
                            ForkJoinPool.commonPool()
                                    .execute(() -> cluster.completeExceptionally(failure));
                            return awaited;
                        }
                    };
            cluster.thenApply(value -> value)
                    .exceptionally(
                            wrapped -> {
                                answer.completeExceptionally(wrapped);
                                return null;
                            });
            return answer;
        }
    }
}
