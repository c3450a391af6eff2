package dev.drey.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.DreyOptions;
import dev.drey.server.TestServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HealthResourceTest {

    @Test
    void aServerWhoseClusterAnswersIsReady() {
        try (TestServer server = TestServer.cluster().start()) {
            assertThat(server.get("/health/ready").expect(200).body())
                    .isEqualTo("{\"status\":\"UP\"}");
            assertThat(server.get("/v1/health/live").expect(200).body())
                    .isEqualTo("{\"status\":\"UP\"}");
        }
    }

    @Test
    void aServerWithoutALeaderLivesAndIsNotReady() {
        try (TestServer server = TestServer.cluster().noLeader().start()) {
            server.get("/health/live").expect(200);
            server.get("/health/ready").refused(503);
        }
    }

    @Test
    void aServerWhoseClusterIsSilentLivesAndIsNotReady() {
        try (TestServer server =
                TestServer.cluster()
                        .set(DreyOptions.READ_TIMEOUT, Duration.ofMillis(50))
                        .dispatcher(
                                dispatcher ->
                                        dispatcher.setRequestClusterOverviewSupplier(
                                                CompletableFuture::new))
                        .start()) {
            server.get("/health/live").expect(200);
            server.get("/health/ready").refused(504);
        }
    }
}
