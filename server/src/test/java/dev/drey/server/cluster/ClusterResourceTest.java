package dev.drey.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterResourceTest {

    private final AtomicInteger shutDowns = new AtomicInteger();

    @Test
    void theClusterIsShutDown() {
        try (TestServer server = start()) {
            assertThat(server.send("DELETE", "/cluster", null).expect(200).body()).isEqualTo("{}");
            assertThat(shutDowns).hasValue(1);
            server.send("DELETE", "/v1/cluster/", "{}").expect(200);
            assertThat(shutDowns).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH"})
    void byNoOtherMethod(String method) {
        try (TestServer server = start()) {
            server.send(method, "/cluster", "{}").refused(405);
        }
        assertThat(shutDowns).hasValue(0);
    }

    private TestServer start() {
        TestingDispatcherGateway.Builder dispatcher = TestingDispatcherGateway.newBuilder();
        dispatcher.setClusterShutdownSupplier(
                () -> {
                    shutDowns.incrementAndGet();
                    return CompletableFuture.completedFuture(Acknowledge.get());
                });
        return TestServer.cluster().dispatcher(dispatcher.build()).start();
    }
}
