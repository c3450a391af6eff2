package dev.drey.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.server.telemetry.FetchMetrics;
import jakarta.ws.rs.ServerErrorException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.junit.jupiter.api.Test;

class ViewRendererTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final CompletableFuture<ClusterOverview> cluster = new CompletableFuture<>();
    private final Queue<Runnable> rendering = new ArrayDeque<>();

    @Test
    void convertersRunInTheThreadsThatAreThereForThem() {
        CompletableFuture<Response> answer = render(overview -> overview.getNumSlotsTotal(), LONG);
        cluster.complete(overview(4));
        assertThat(answer).isNotDone();
        assertThat(rendering).hasSize(1);

        rendering.remove().run();

        assertThat((byte[]) answer.join().getEntity()).isEqualTo("4".getBytes(UTF_8));
    }

    @Test
    void aFailureOfAConverterIsTheAnswersFailure() {
        CompletableFuture<Response> answer =
                render(
                        overview -> {
                            throw new IllegalArgumentException("no such kind");
                        },
                        LONG);
        cluster.complete(overview(4));
        rendering.remove().run();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(answer::join)
                .withRootCauseExactlyInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatCannotBeWrittenIsTheAnswersFailure() {
        CompletableFuture<Response> answer = render(overview -> new Object(), LONG);
        cluster.complete(overview(4));
        rendering.remove().run();

        assertThat(answer).isCompletedExceptionally();
    }

    @Test
    void aTimeoutOfTheClusterItselfIsToldAsItsOwn() {
        CompletableFuture<Response> answer = render(overview -> overview, LONG);
        cluster.completeExceptionally(new CompletionException(new TimeoutException("pekko")));

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(answer::join)
                .havingCause()
                .isInstanceOf(ServerErrorException.class)
                .withMessageContaining("pekko")
                .withMessageContaining("the cluster's overview")
                .satisfies(
                        failure ->
                                assertThat(((ServerErrorException) failure).getResponse())
                                        .extracting(Response::getStatus)
                                        .isEqualTo(504));
    }

    @Test
    void anAnswerThatComesAfterTheTimeoutIsNotRendered() {
        CompletableFuture<Response> answer = render(overview -> overview, Duration.ofMillis(1));
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(answer::join)
                .havingCause()
                .isInstanceOf(ServerErrorException.class)
                .withMessageContaining("drey.read.timeout");

        cluster.complete(overview(4));

        assertThat(rendering).isEmpty();
    }

    private CompletableFuture<Response> render(
            Function<ClusterOverview, Object> converter, Duration timeout) {
        CompletableFuture<DispatcherGateway> dispatcher =
                CompletableFuture.completedFuture(
                        TestingDispatcherGateway.newBuilder()
                                .setRequestClusterOverviewSupplier(() -> cluster)
                                .build());
        ViewRenderer renderer =
                new ViewRenderer(
                        new SharedFetches(
                                TestGateways.to(() -> dispatcher, Runnable::run),
                                new Configuration(),
                                Runnable::run,
                                FetchMetrics.none()),
                        new ObjectMapper().writer(),
                        rendering::add,
                        timeout);
        return renderer.render(View.of(new Source.Overview(), converter)).toCompletableFuture();
    }

    private static ClusterOverview overview(int slots) {
        return new ClusterOverview(1, slots, 0, 0, 0, 0, 0, 0, 0);
    }
}
