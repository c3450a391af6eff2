package dev.drey.server.taskmanagers;

import static dev.drey.server.taskmanagers.TaskManagersConverterTest.CONFIGURED;
import static dev.drey.server.taskmanagers.TaskManagersConverterTest.RESOURCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.TestServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.resourcemanager.TaskManagerInfoWithSlots;
import org.apache.flink.runtime.resourcemanager.exceptions.UnknownTaskExecutorException;
import org.apache.flink.runtime.resourcemanager.utils.TestingResourceManagerGateway;
import org.apache.flink.runtime.rest.messages.taskmanager.SlotInfo;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TaskManagersResourceTest {

    private static final String ID = "127.0.0.1:40001-0a1b2c";
    private static final JobID JOB = new JobID(1, 2);

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster().resourceManager(resourceManager()).start();

    @Test
    void oneTaskManagerIsShown() {
        JsonNode taskManager = SERVER.get("/taskmanagers/" + ID).expect(200).json();

        assertThat(taskManager.get("id").textValue()).isEqualTo(ID);
        assertThat(taskManager.get("allocatedSlots").get(0).get("jobId").textValue())
                .isEqualTo(JOB.toString());
        assertThat(taskManager.get("metrics").get("heapUsed").longValue()).isZero();
    }

    @Test
    void anUnknownTaskManagerIs404() {
        assertThat(SERVER.get("/taskmanagers/nope").refused(404)).contains("nope");
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        assertThat(SERVER.get("/taskmanagers/%20").refused(400))
                .contains("Parameter 'taskmanagerid'");
    }

    private static TestingResourceManagerGateway resourceManager() {
        TestingResourceManagerGateway resourceManager = new TestingResourceManagerGateway();
        resourceManager.setRequestTaskManagerDetailsInfoFunction(
                id ->
                        id.equals(new ResourceID(ID))
                                ? CompletableFuture.completedFuture(
                                        new TaskManagerInfoWithSlots(
                                                TaskManagersConverterTest.info(
                                                        ID, RESOURCES, CONFIGURED, false),
                                                List.of(new SlotInfo(JOB, RESOURCES, 5))))
                                : CompletableFuture.failedFuture(
                                        new CompletionException(
                                                new UnknownTaskExecutorException(id))));
        return resourceManager;
    }
}
