package dev.drey.server.vertices;

import static dev.drey.server.vertices.Graphs.JOB;
import static dev.drey.server.vertices.Graphs.VERTEX;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.Ids;
import dev.drey.server.JsonTrees;
import dev.drey.server.metrics.Told;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.rest.handler.RestHandlerBridge;
import org.apache.flink.runtime.rest.handler.job.JobVertexBackPressureHandler;
import org.apache.flink.runtime.rest.messages.JobVertexBackPressureHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackPressureConverterTest {

    private static final String BACK_PRESSURED = "backPressuredTimeMsPerSecond";
    private static final String IDLE = "idleTimeMsPerSecond";
    private static final String BUSY = "busyTimeMsPerSecond";

    private final Told told = new Told();

    @Test
    void aVertexThatHasToldNothingIsNotKnown() {
        assertThat(assertSameAsFlink()).isEqualTo(JsonTrees.of("{\"status\":\"deprecated\"}"));
    }

    /** Flink's own handler fails. */
    @Test
    void aVertexOfWhichOnlyTheCoordinatorHasToldIsNotKnown() {
        told.ofJobManagerOperator("Source", "unassignedSplits", "0");

        assertThat(drey()).isEqualTo(JsonTrees.of("{\"status\":\"deprecated\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "100", "101", "500", "501", "1000", "NaN", "-0.0"})
    void aSubtaskHasALevel(String backPressured) {
        told.ofAttempt(0, 0, BACK_PRESSURED, backPressured);
        told.ofAttempt(0, 0, IDLE, "42");
        told.ofAttempt(0, 0, BUSY, "NaN");

        JsonNode answer = assertSameAsFlink();

        assertThat(answer.get("subtasks").get(0).get("busyRatio").textValue()).isEqualTo("NaN");
        assertThat(answer.get("end-timestamp").longValue()).isEqualTo(told.getLastUpdateTime());
    }

    @Test
    void theSubtaskThatWaitsMostCounts() {
        for (int i = 30; i >= 0; i--) {
            told.ofAttempt(i, 0, BACK_PRESSURED, Integer.toString(i * 10));
        }
        told.ofAttempt(12, 0, BACK_PRESSURED, "NaN");

        JsonNode answer = assertSameAsFlink();

        assertThat(answer.get("subtasks")).hasSize(31);
        assertThat(answer.get("backpressureLevel").textValue()).isEqualTo("high");
    }

    @Test
    void whatASubtaskHasNotToldIsZero() {
        told.ofAttempt(0, 0, "numRecordsIn", "1").ofAttempt(2, 1, BUSY, "250.5");

        assertThat(assertSameAsFlink().get("subtasks")).hasSize(2);
    }

    @Test
    void attemptsAtTheSameTimeAreShown() {
        told.attempts(0, 1, 0, 1, 2);
        for (int attempt = 0; attempt < 3; attempt++) {
            told.ofAttempt(0, attempt, BACK_PRESSURED, Integer.toString(attempt * 400));
        }

        JsonNode subtask = assertSameAsFlink().get("subtasks").get(0);

        assertThat(subtask.get("attempt-number").intValue()).isEqualTo(1);
        assertThat(subtask.get("other-concurrent-attempts")).hasSize(2);
    }

    @Test
    void theFirstAttemptStandsForASubtaskWhoseOwnHasToldNothing() {
        told.attempts(0, 5, 0, 2, 5)
                .ofAttempt(0, 0, BACK_PRESSURED, "10")
                .ofAttempt(0, 2, BACK_PRESSURED, "900");

        assertThat(assertSameAsFlink().get("subtasks").get(0).get("attempt-number").intValue())
                .isZero();
    }

    @Test
    void anAttemptThatIsGoneIsNotShown() {
        told.ofAttempt(0, 0, BACK_PRESSURED, "900")
                .ofAttempt(0, 1, BACK_PRESSURED, "100")
                .attempts(0, 1, 1);

        assertThat(assertSameAsFlink().get("subtasks").get(0).has("attempt-number")).isFalse();
    }

    /** The answer is compared as text: the order of its fields counts. */
    private JsonNode assertSameAsFlink() {
        JsonNode ours = drey();
        assertThat(ours.toString()).isEqualTo(flink().toString());
        return ours;
    }

    private JsonNode drey() {
        return JsonTrees.ofDrey(
                BackPressureConverter.backPressure(
                        told.getMetricStore(),
                        told.getLastUpdateTime(),
                        Ids.of(JOB),
                        Ids.of(VERTEX)));
    }

    private JsonNode flink() {
        try {
            return JsonTrees.ofFlink(
                    RestHandlerBridge.answer(
                            new JobVertexBackPressureHandler(
                                    CompletableFuture::new,
                                    Duration.ofSeconds(1),
                                    Map.of(),
                                    JobVertexBackPressureHeaders.getInstance(),
                                    told),
                            Map.of("jobid", JOB.toString(), "vertexid", VERTEX.toString()),
                            Map.of()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
