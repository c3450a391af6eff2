package dev.drey.client.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.OperationKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationTokenTest {
    private static final TriggerId ID = TriggerId.fromString("00000000000000000000000000000abc");
    private static final JobId JOB = JobId.fromString("9d9ef62cf4bec2734c6b46510d7915ff");

    /** Stored tokens have to be read by later versions. */
    @Test
    void itsTextIsPinned() {
        assertThat(
                        OperationToken.ofJob(
                                        OperationKind.STOP_WITH_SAVEPOINT, ID, JOB, "file:/a b")
                                .askedAt(Instant.ofEpochMilli(1_795_468_812_120L))
                                .text())
                .isEqualTo(
                        "drey1.stop-with-savepoint.00000000000000000000000000000abc"
                                + ".9d9ef62cf4bec2734c6b46510d7915ff.tZmlsZTovYSBi.1795468812120");
        assertThat(OperationToken.of(OperationKind.PROFILING, ID, null).text())
                .isEqualTo("drey1.profiling.00000000000000000000000000000abc.-.-.-");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "-", "file:///ü/?a=b&c", "tm-1"})
    void whatWasWrittenIsRead(String target) {
        OperationToken token = OperationToken.ofJob(OperationKind.SAVEPOINT, ID, JOB, target);

        assertThat(OperationToken.parse(token.text())).isEqualTo(token);
        assertThat(token.text()).matches("[\\w.-]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000000000000000000000000000abc",
                "drey2.profiling.00000000000000000000000000000abc.-.-.-",
                "drey1.profiling.00000000000000000000000000000ab.-.-.-",
                "drey1.nothing.00000000000000000000000000000abc.-.-.-",
                "drey1.savepoint.00000000000000000000000000000abc.-.-.-",
                "drey1.profiling.00000000000000000000000000000abc.00000000000000000000000000000abc.-.-",
                "drey1.profiling.00000000000000000000000000000abc.-.Zg.-",
                "drey1.profiling.00000000000000000000000000000abc.-.t!.-",
                "drey1.profiling.00000000000000000000000000000abc.-.tA.-",
                "drey1.profiling.00000000000000000000000000000abc.-.-.1e9",
                "drey1.profiling.00000000000000000000000000000abc.-.-.-\n"
            })
    void whatIsNoTokenIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperationToken.parse(text))
                .withMessage(
                        "'%s' is no token of an operation: expected what OperationFuture.token() gave",
                        text);
    }

    @Test
    void anotherKindIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                OperationToken.of(OperationKind.PROFILING, ID, null)
                                        .requireKind(OperationKind.CHECKPOINT))
                .withMessageContaining("is of PROFILING: expected [CHECKPOINT]");
    }
}
