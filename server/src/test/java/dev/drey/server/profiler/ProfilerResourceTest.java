package dev.drey.server.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.TestServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.resourcemanager.exceptions.UnknownTaskExecutorException;
import org.apache.flink.runtime.resourcemanager.utils.TestingResourceManagerGateway;
import org.apache.flink.runtime.rest.messages.ProfilingInfo;
import org.apache.flink.runtime.rest.messages.ProfilingInfo.ProfilingMode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ProfilerResourceTest {

    private static final String ID = "tm-1";

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .set(RestOptions.ENABLE_PROFILER, true)
                    .resourceManager(resourceManager())
                    .start();

    @AutoClose private static final TestServer WITHOUT = TestServer.cluster().start();

    @Test
    void aJobManagerThatWasNeverProfiledHasNoProfiles() {
        assertThat(SERVER.get("/jobmanager/profiler").expect(200).body())
                .isEqualTo("{\"profilingList\":[]}");
    }

    @Test
    void theProfilesOfATaskManagerAreShown() {
        JsonNode profiles =
                SERVER.get("/taskmanagers/" + ID + "/profiler")
                        .expect(200)
                        .json()
                        .get("profilingList");

        assertThat(profiles).hasSize(2);
        assertThat(profiles.get(0).get("status").textValue()).isEqualTo("RUNNING");
        assertThat(profiles.get(0).get("finishedTime").isNull()).isTrue();
        assertThat(profiles.get(1).get("outputFile").textValue()).isEqualTo("a.html");
    }

    @Test
    void anUnknownTaskManagerIs404() {
        assertThat(SERVER.get("/taskmanagers/nope/profiler").refused(404)).contains("nope");
    }

    @Test
    void theRoutesAreThereOnlyWhereProfilingIsEnabled() {
        WITHOUT.get("/jobmanager/profiler").refused(404);
        WITHOUT.get("/taskmanagers/" + ID + "/profiler").refused(404);
    }

    private static TestingResourceManagerGateway resourceManager() {
        TestingResourceManagerGateway resourceManager = new TestingResourceManagerGateway();
        resourceManager.setRequestProfilingListFunction(
                id ->
                        id.equals(new ResourceID(ID))
                                ? CompletableFuture.completedFuture(
                                        List.of(
                                                ProfilingInfo.create(5, ProfilingMode.CPU),
                                                ProfilingInfo.create(5, ProfilingMode.ITIMER)
                                                        .success("a.html")))
                                : CompletableFuture.failedFuture(
                                        new UnknownTaskExecutorException(id)));
        return resourceManager;
    }
}
