package dev.drey.server.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drey.model.TriggerId;
import dev.drey.model.async.AsynchronousOperationInfo;
import dev.drey.model.async.AsynchronousOperationResult;
import dev.drey.model.async.OperationKind;
import dev.drey.server.DreyOptions;
import jakarta.ws.rs.ServiceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.junit.jupiter.api.Test;

class MemoryJournalTest {

    private static final Duration STORED = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofDays(30);
    private static final Answer ACCEPTED = new Answer(202, "taken on", Map.of());
    private static final Answer REFUSED = new Answer(400, "no", Map.of());
    private static final AsynchronousOperationResult<?> DONE =
            AsynchronousOperationResult.completed(AsynchronousOperationInfo.complete());

    private final AtomicLong now = new AtomicLong();
    private final Configuration configuration =
            new Configuration().set(RestOptions.ASYNC_OPERATION_STORE_DURATION, STORED);

    private final MemoryJournal journal = journal();

    @Test
    void whatWasWrittenFirstStays() {
        Intent first = operation("a");

        assertThat(journal.begin(first)).isEmpty();

        assertThat(journal.begin(operation("a")).orElseThrow().intent()).isSameAs(first);
    }

    @Test
    void anOperationIsKeptForTheStoreDurationAfterItsEnd() {
        journal.begin(operation("a"));
        journal.answered("a", ACCEPTED);
        pass(LONG);
        assertThat(journal.find("a")).as("one that has not ended").isPresent();

        journal.ended("a", DONE);
        pass(STORED.minusMillis(1));
        assertThat(journal.find("a").orElseThrow().outcome().orElseThrow()).isSameAs(DONE);

        pass(Duration.ofMillis(2));
        assertThat(journal.find("a")).isEmpty();
        assertThat(journal.begin(operation("a"))).as("may be used again").isEmpty();
    }

    @Test
    void lookingDoesNotMakeItLastLonger() {
        journal.begin(operation("a"));
        journal.ended("a", DONE);
        pass(STORED.minusMillis(1));
        journal.find("a");
        journal.answered("a", ACCEPTED);
        pass(Duration.ofMillis(2));

        assertThat(journal.find("a")).isEmpty();
    }

    @Test
    void aRefusedOperationHasNoEndToWaitFor() {
        journal.begin(operation("a"));
        journal.answered("a", REFUSED);
        pass(STORED.plusMillis(1));

        assertThat(journal.find("a")).isEmpty();
    }

    @Test
    void aKeyedWriteIsOverWithItsAnswer() {
        journal.begin(keyed("a"));
        pass(LONG);
        assertThat(journal.find("a")).as("one without an answer").isPresent();

        journal.answered("a", ACCEPTED);
        pass(STORED.plusMillis(1));

        assertThat(journal.find("a")).isEmpty();
    }

    @Test
    void anEndIsWrittenOnce() {
        journal.begin(operation("a"));
        journal.ended("a", DONE);
        journal.ended("a", AsynchronousOperationResult.completed(null));

        assertThat(journal.find("a").orElseThrow().outcome().orElseThrow()).isSameAs(DONE);
    }

    @Test
    void withoutAStoreDurationNothingIsForgotten() {
        configuration.set(RestOptions.ASYNC_OPERATION_STORE_DURATION, Duration.ZERO);
        MemoryJournal lasting = journal();
        lasting.begin(operation("a"));
        lasting.ended("a", DONE);
        pass(LONG);

        assertThat(lasting.find("a")).isPresent();
    }

    @Test
    void whatIsFullSaysSoAndForgetsNothing() {
        configuration.set(DreyOptions.OPERATIONS_MAX_ENTRIES, 2);
        MemoryJournal small = journal();
        small.begin(operation("a"));
        small.begin(operation("b"));

        assertThatExceptionOfType(ServiceUnavailableException.class)
                .isThrownBy(() -> small.begin(operation("c")))
                .withMessageContaining("drey.operations.max-entries");
        assertThat(small.entries()).hasSize(2);

        small.ended("a", DONE);
        pass(STORED.plusMillis(1));
        assertThat(small.begin(operation("c"))).isEmpty();
        small.forget("b");
        assertThat(small.begin(operation("d"))).isEmpty();
    }

    private MemoryJournal journal() {
        return new MemoryJournal(configuration, now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static Intent operation(String id) {
        return intent(id, Optional.of(OperationKind.SAVEPOINT));
    }

    private static Intent keyed(String id) {
        return intent(id, Optional.empty());
    }

    private static Intent intent(String id, Optional<OperationKind> operation) {
        return new Intent(
                id,
                TriggerId.random(),
                "kind",
                operation,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "content",
                Instant.EPOCH);
    }
}
