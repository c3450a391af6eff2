package dev.drey.server.vertices;

import static dev.drey.server.vertices.FakeThreads.thread;
import static dev.drey.server.vertices.Graphs.JOB;
import static dev.drey.server.vertices.Graphs.NOWHERE;
import static dev.drey.server.vertices.Graphs.VERTEX;
import static dev.drey.server.vertices.Graphs.attempt;
import static dev.drey.server.vertices.Graphs.subtask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlameGraphResourceTest {

    private static final String PATH = "/jobs/" + JOB + "/vertices/" + VERTEX + "/flamegraph";
    private static final JobVertexID UNKNOWN = new JobVertexID(7, 8);
    private static final int VERTEX_SAMPLES = 3;
    private static final int WAITING_SAMPLES = 2;
    private static final int SUBTASK_SAMPLES = 1;

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .dispatcher(
                            dispatcher ->
                                    dispatcher.setRequestExecutionGraphInfoFunction(
                                            job ->
                                                    job.equals(JOB)
                                                            ? CompletableFuture.completedFuture(
                                                                    Graphs.graph(
                                                                            running(0), running(1)))
                                                            : CompletableFuture.failedFuture(
                                                                    new FlinkJobNotFoundException(
                                                                            job))))
                    .threads(threads())
                    .start();

    @AutoClose private static final TestServer WITHOUT = TestServer.cluster().start();

    @ParameterizedTest
    @CsvSource({
        "'', " + VERTEX_SAMPLES,
        "?type=FULL, " + VERTEX_SAMPLES,
        "?type=full, " + VERTEX_SAMPLES,
        "?type=off_cpu, " + WAITING_SAMPLES,
        "'?type=off_cpu,full', " + WAITING_SAMPLES,
        "?type=off_cpu&type=full, " + WAITING_SAMPLES,
        "?subtaskindex=1, " + SUBTASK_SAMPLES,
        "'?subtaskindex=1,99', " + SUBTASK_SAMPLES,
        "'?subtaskindex=%2B1,', " + SUBTASK_SAMPLES,
        "?subtaskindex=1&type=off_CPU, 0"
    })
    void theSamplesThatAreAskedForAreShown(String query, int samples) {
        assertThat(SERVER.get(PATH + query).expect(200).json().get("data").get("value").intValue())
                .isEqualTo(samples);
    }

    @Test
    void aSubtaskWithoutSamplesIsWaitedFor() {
        assertThat(SERVER.get(PATH + "?subtaskindex=0").expect(200).body())
                .isEqualTo("{\"endTimestamp\":-3}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?type=nope",
                "?type=",
                "?type=full,nope",
                "?type=&type=full",
                "?subtaskindex=-1",
                "?subtaskindex=x",
                "?subtaskindex=1.5",
                "?subtaskindex=4294967295",
                "?subtaskindex="
            })
    void whatIsNoValueIs400WhetherThereAreSamplesOrNot(String query) {
        String name = query.substring(1, query.indexOf('='));

        for (TestServer server : new TestServer[] {SERVER, WITHOUT}) {
            assertThat(server.get(PATH + query).refused(400))
                    .startsWith("Parameter '" + name + "': ");
        }
    }

    @Test
    void whatIsNotThereIs404() {
        assertThat(SERVER.get(PATH + "?subtaskindex=2").refused(404))
                .isEqualTo("Vertex " + VERTEX + " has 2 subtasks, no subtask 2");
        assertThat(SERVER.get(PATH.replace(VERTEX.toString(), UNKNOWN.toString())).refused(404))
                .contains(UNKNOWN.toString());
        assertThat(SERVER.get(PATH.replace(JOB.toString(), UNKNOWN.toString())).refused(404))
                .contains(UNKNOWN.toString());
    }

    @Test
    void withoutSamplesEveryVertexIsAnsweredAlike() {
        for (String path :
                List.of(
                        PATH,
                        PATH.replace(JOB.toString(), UNKNOWN.toString()) + "?subtaskindex=99")) {
            assertThat(WITHOUT.get(path).expect(200).body()).isEqualTo("{\"endTimestamp\":-2}");
        }
        WITHOUT.get(PATH.replace(JOB.toString(), "xyz")).refused(400);
    }

    private static ArchivedExecutionVertex running(int index) {
        return subtask(attempt(index, 0, ExecutionState.RUNNING, NOWHERE));
    }

    private static FakeThreads threads() {
        var running = thread(Thread.State.RUNNABLE, "a.B.run:1");
        var waiting = thread(Thread.State.WAITING, "a.B.park:2", "a.B.run:1");
        return new FakeThreads(
                Map.of(
                        FakeThreads.WHOLE_VERTEX,
                        FakeThreads.seen(List.of(running, waiting, waiting)),
                        1,
                        FakeThreads.seen(List.of(running))));
    }
}
