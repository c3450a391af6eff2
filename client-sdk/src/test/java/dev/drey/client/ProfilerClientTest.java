package dev.drey.client;

import static dev.drey.client.Futures.assertFailure;
import static dev.drey.client.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.async.OperationFailedException;
import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.PollSettings;
import dev.drey.client.async.UnknownOperationException;
import dev.drey.model.ResourceId;
import dev.drey.model.TriggerId;
import dev.drey.model.profiler.ProfilingInfo;
import dev.drey.model.profiler.ProfilingInfo.ProfilingMode;
import dev.drey.model.profiler.ProfilingRequestBody;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A profile, from its trigger to its end. */
@Timeout(120)
class ProfilerClientTest {
    private static final ProfilingRequestBody BODY =
            new ProfilingRequestBody(ProfilingMode.ITIMER, 1);
    private static final ResourceId TASK_MANAGER = ResourceId.fromString("tm-1");
    private static final String RUNNING = profile("RUNNING", "null");
    private static final String OTHER = RUNNING.replace("1795446039107", "1795446039106");

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger polls = new AtomicInteger();

    @Test
    void aProfileIsFollowedToItsFile() throws Exception {
        try (FaultyServer server = cluster(RUNNING, OTHER + "," + profile("FINISHED", "null"));
                FlinkMonitoringClient client = client(server)) {
            OperationFuture<ProfilingInfo> profile = client.profiler().profileJobManager(BODY);

            assertThat(await(profile.result()).triggerTime()).isEqualTo(1795446039107L);
            assertThat(await(profile.acknowledged()))
                    .isEqualTo(new TriggerId("%032x".formatted(1795446039107L)));
            assertThat(bodies).containsExactly("{\"mode\":\"ITIMER\",\"duration\":1}");
            assertThat(server.headsOfCalls().get(0))
                    .startsWith("POST /v1/jobmanager/profiler ")
                    .contains("Idempotency-Key: " + profile.triggerId());
            assertThat(server.headsOfCalls().get(2)).startsWith("GET /v1/jobmanager/profiler ");
        }
    }

    @Test
    void anotherProcessGoesOn() throws Exception {
        try (FaultyServer server = cluster(RUNNING, profile("FINISHED", "null"));
                FlinkMonitoringClient client = client(server);
                FlinkMonitoringClient other = client(server)) {
            OperationFuture<ProfilingInfo> profile =
                    client.profiler().profileTaskManager(TASK_MANAGER, BODY);
            await(profile.acknowledged());
            profile.stopWaiting();

            assertThat(await(other.resume(profile.token()).result()))
                    .isInstanceOf(ProfilingInfo.class);
            assertThat(server.headsOfCalls())
                    .last()
                    .asString()
                    .startsWith("GET /v1/taskmanagers/tm-1/profiler ");
        }
    }

    @Test
    void aFailureTellsWhatTheProcessSaid() {
        try (FaultyServer server = cluster(profile("FAILED", "\"No perf events\""));
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.profiler().profileJobManager(BODY).result())
                    .isInstanceOf(OperationFailedException.class)
                    .hasMessageContaining("No perf events");
        }
    }

    @Test
    void aProfileThatIsForgottenIsUnknown() {
        try (FaultyServer server = cluster(OTHER);
                FlinkMonitoringClient client = client(server)) {
            assertFailure(client.profiler().profileJobManager(BODY).result())
                    .isInstanceOf(UnknownOperationException.class);
        }
    }

    /** Takes a profile on, and gives one list after another, the last one again and again. */
    private FaultyServer cluster(String... lists) {
        return FaultyServer.thatIsKnownAnd(
                connection -> {
                    if (connection.head().startsWith("POST")) {
                        bodies.add(connection.readBody());
                        connection.answer(200, "application/json", RUNNING);
                    } else {
                        int number = Math.min(polls.getAndIncrement(), lists.length - 1);
                        connection.answerJson(
                                200, "{\"profilingList\":[%s]}".formatted(lists[number]));
                    }
                });
    }

    private static String profile(String status, String message) {
        return "{\"status\":\"%s\",\"mode\":\"ITIMER\",\"triggerTime\":1795446039107,\"duration\":1,\"message\":%s}"
                .formatted(status, message);
    }

    private static FlinkMonitoringClient client(FaultyServer server) {
        return FlinkMonitoringClient.builder()
                .endpoint(server.endpoint())
                .pollSettings(
                        PollSettings.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();
    }
}
