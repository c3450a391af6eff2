package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static dev.drey.client.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.async.OperationFailedException;
import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.PollSettings;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.rescaling.RescalingParameters;
import dev.drey.client.transport.RetrySettings;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationInfo;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A rescaling, from its trigger to its end. */
class RescalingClientTest {
    private static final JobId JOB = JobId.fromString("9d9ef62cf4bec2734c6b46510d7915ff");
    private static final TriggerId TRIGGER =
            TriggerId.fromString("00000000000000000000000000000abc");
    private static final String IN_PROGRESS =
            "{\"status\":{\"id\":\"IN_PROGRESS\"},\"operation\":null}";
    private static final String COMPLETED = "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{}}";
    private static final String FAILED =
            "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"failure-cause\":{\"class\":\"c\",\"stack-trace\":\"c: wanted 4, reached 2\",\"serialized-throwable\":\"\"}}}";

    private final AtomicInteger polls = new AtomicInteger();

    @Test
    void aRescalingIsFollowedByTheIdThatTheClusterChose() throws Exception {
        try (FaultyServer server = cluster(IN_PROGRESS, COMPLETED);
                FlinkMonitoringClient client = client(server)) {
            OperationFuture<AsynchronousOperationInfo> rescaling =
                    client.rescaling().trigger(JOB, 4);

            assertThat(await(rescaling.result()).failureCause()).isNull();
            assertThat(await(rescaling.acknowledged())).isEqualTo(TRIGGER);
            assertThat(server.headsOfCalls().get(0))
                    .startsWith("PATCH /v1/jobs/%s/rescaling?parallelism=4 ".formatted(JOB));
            assertThat(server.headsOfCalls().get(2))
                    .startsWith("GET /v1/jobs/%s/rescaling/%s ".formatted(JOB, TRIGGER));
        }
    }

    @Test
    void whatIsAskedForIsSent() throws Exception {
        try (FaultyServer server = cluster(COMPLETED);
                FlinkMonitoringClient client = client(server)) {
            await(
                    client.rescaling()
                            .trigger(JOB, RescalingParameters.of(2).restoringOnFailure())
                            .result());

            assertThat(server.headsOfCalls().get(0))
                    .contains("?parallelism=2&restoreOnFailure=true ");
        }
    }

    @Test
    void anotherProcessGoesOn() throws Exception {
        try (FaultyServer server = cluster(COMPLETED);
                FlinkMonitoringClient client = client(server)) {
            await(client.rescaling().resume(JOB, TRIGGER).result());

            assertThat(server.headsOfCalls()).hasSize(1);
        }
    }

    @Test
    void aFailureTellsWhatWasReached() {
        try (FaultyServer server = cluster(FAILED);
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.rescaling().trigger(JOB, 4).result())
                    .isInstanceOf(OperationFailedException.class)
                    .hasMessageContaining("wanted 4, reached 2");
        }
    }

    /** As stock Flink refuses it. */
    @Test
    void aRefusalIsNoOperation() {
        try (FaultyServer server =
                        FaultyServer.that(
                                connection ->
                                        connection.answerJson(
                                                503, "{\"errors\":[\"Disabled.\"]}"));
                FlinkMonitoringClient client = client(server)) {
            OperationFuture<AsynchronousOperationInfo> rescaling =
                    client.rescaling().trigger(JOB, 4);

            assertFailure(rescaling.acknowledged()).isInstanceOf(FlinkRestException.class);
            assertFailure(rescaling.result()).isInstanceOf(FlinkRestException.class);
        }
    }

    /** Acknowledges triggers, and gives one status after another. */
    private FaultyServer cluster(String... statuses) {
        return FaultyServer.thatIsKnownAnd(
                connection ->
                        connection.answerJson(
                                200,
                                connection.head().startsWith("PATCH")
                                        ? "{\"request-id\":\"%s\"}".formatted(TRIGGER)
                                        : statuses[polls.getAndIncrement()]));
    }

    private static FlinkMonitoringClient client(FaultyServer server) {
        return FlinkMonitoringClient.builder()
                .endpoint(server.endpoint())
                .retries(RetrySettings.NONE)
                .pollSettings(
                        PollSettings.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();
    }
}
