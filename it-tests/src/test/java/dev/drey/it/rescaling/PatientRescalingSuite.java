package dev.drey.it.rescaling;

import static dev.drey.it.cluster.Await.answer;
import static dev.drey.it.cluster.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.async.OperationFailedException;
import dev.drey.client.rescaling.RescalingParameters;
import dev.drey.model.JobId;
import dev.drey.model.rescaling.JobResourceRequirementsBody;
import org.junit.jupiter.api.Test;

/** What rescaling waits for in vain, as well. */
abstract class PatientRescalingSuite extends RescalingSuite {

    /** It takes as long as the patience lasts, which is half a minute. */
    @Test
    void whatTheSlotsDoNotSufficeForFailsAndIsTakenBack() throws Exception {
        JobId job = checkpointed();
        JobResourceRequirementsBody before = answer(flink().rescaling().requirements(job));

        failure(
                        flink().rescaling()
                                .trigger(
                                        job,
                                        RescalingParameters.of(MORE_THAN_SLOTS)
                                                .restoringOnFailure())
                                .result())
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContainingAll(
                        "slots may be missing",
                        "old requirements were put back",
                        "count",
                        "wanted %d, reached %d".formatted(MORE_THAN_SLOTS, SLOTS));

        assertThat(answer(flink().rescaling().requirements(job))).isEqualTo(before);
        awaitParallelism(job, 1);
    }
}
