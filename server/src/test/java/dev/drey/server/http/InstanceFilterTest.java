package dev.drey.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.messages.Acknowledge;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceFilterTest {

    private static final String JOB = "/jobs/00000000000000000000000000000001";
    private static final AtomicInteger CANCELLED = new AtomicInteger();

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .dispatcher(
                            dispatcher ->
                                    dispatcher.setCancelJobFunction(
                                            job -> {
                                                CANCELLED.incrementAndGet();
                                                return CompletableFuture.completedFuture(
                                                        Acknowledge.get());
                                            }))
                    .start();

    @AutoClose private static final TestServer OTHER = TestServer.cluster().start();

    @BeforeEach
    void nothingIsCancelledYet() {
        CANCELLED.set(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/config", "/v1/config", "/v9/config", "/jobs/x", "/nowhere", "/"})
    void everyAnswerTellsWhoGaveIt(String path) {
        assertThat(SERVER.get(path).header(InstanceFilter.HEADER)).isEqualTo(instance(SERVER));
        assertThat(SERVER.send("OPTIONS", path, null).header(InstanceFilter.HEADER))
                .isEqualTo(instance(SERVER));
    }

    @Test
    void noTwoAreTheSame() {
        assertThat(instance(SERVER)).isNotBlank().isNotEqualTo(instance(OTHER));
    }

    @Test
    void whatIsForThisProcessIsDone() {
        SERVER.send("PATCH", JOB, "{}", InstanceFilter.HEADER + ": " + instance(SERVER))
                .expect(202);

        assertThat(CANCELLED).hasValue(1);
    }

    @Test
    void whatIsForAnotherProcessIsRefused() {
        String other = InstanceFilter.HEADER + ": " + instance(OTHER);

        assertThat(SERVER.send("PATCH", JOB, "{}", other).refused(412))
                .contains(instance(SERVER), "nothing was done");
        SERVER.get("/config", other).refused(412);
        assertThat(CANCELLED).hasValue(0);
    }

    private static String instance(TestServer server) {
        return server.get("/config").expect(200).header(InstanceFilter.HEADER);
    }
}
