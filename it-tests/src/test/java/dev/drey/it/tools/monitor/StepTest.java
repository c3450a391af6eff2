package dev.drey.it.tools.monitor;

import static dev.drey.it.tools.monitor.Boards.FIRST;
import static dev.drey.it.tools.monitor.Boards.NOW;
import static dev.drey.it.tools.monitor.Boards.SECOND;
import static dev.drey.it.tools.monitor.Boards.THIRD;
import static dev.drey.it.tools.monitor.Boards.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.it.tools.monitor.JobRow.Checkpoint;
import dev.drey.it.tools.monitor.JobRow.Vertex;
import dev.drey.model.JobId;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobStatus;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What keys do, and what becomes of it when the cluster changes meanwhile. */
class StepTest {

    private static final JobDetails COUNTING = job(FIRST, "counting", JobStatus.RUNNING, 1);
    private static final JobDetails PAUSING = job(SECOND, "pausing", JobStatus.RUNNING, 2);
    private static final JobDetails COMING = job(THIRD, "coming", JobStatus.CREATED, 0);
    private static final Board BOTH = Boards.of(COUNTING, PAUSING);

    @Test
    void arrowsSelectAsFarAsThereAreJobs() {
        assertThat(selectedIn(pressed(BOTH, Key.UP))).isEqualTo(FIRST);
        assertThat(selectedIn(pressed(BOTH, Key.DOWN))).isEqualTo(SECOND);
        assertThat(selectedIn(pressed(BOTH, Key.DOWN, Key.DOWN))).isEqualTo(SECOND);
        assertThat(selectedIn(pressed(BOTH, Key.DOWN, Key.UP))).isEqualTo(FIRST);
        assertThat(pressed(Boards.of(), Key.DOWN).selected()).isEmpty();
    }

    @Test
    void nothingIsDoneWithoutAYes() {
        Step asked = Step.press(Key.CANCEL, BOTH);
        assertThat(asked.order()).isEmpty();

        Step confirmed = Step.press(Key.YES, asked.board());
        assertThat(confirmed.order())
                .contains(new Order(Order.Kind.CANCELLATION, FIRST, "counting"));
        assertThat(confirmed.board().question()).isEmpty();

        Step refused = Step.press(Key.NO, asked.board());
        assertThat(refused.order()).isEmpty();
        assertThat(refused.board()).isEqualTo(BOTH);
    }

    @Test
    void savepointIsOfTheSelectedJob() {
        Board asked = pressed(BOTH, Key.DOWN, Key.SAVEPOINT);

        assertThat(Step.press(Key.YES, asked).order())
                .contains(new Order(Order.Kind.SAVEPOINT, SECOND, "pausing"));
    }

    @ParameterizedTest
    @EnumSource(names = {"UP", "DOWN", "SAVEPOINT", "CANCEL", "OTHER"})
    void questionWaitsForAnAnswer(Key key) {
        Board asked = pressed(BOTH, Key.SAVEPOINT);

        assertThat(Step.press(key, asked)).isEqualTo(Step.to(asked));
    }

    @ParameterizedTest
    @EnumSource(names = {"YES", "NO", "OTHER"})
    void answerWithoutAQuestionIsNothing(Key key) {
        assertThat(Step.press(key, BOTH)).isEqualTo(Step.to(BOTH));
    }

    @Test
    void quittingNeedsNoAnswer() {
        assertThat(Step.press(Key.QUIT, BOTH).isLast()).isTrue();
        assertThat(Step.press(Key.QUIT, pressed(BOTH, Key.CANCEL)).isLast()).isTrue();
    }

    @Test
    void jobThatHasEndedTakesNoOrders() {
        Board ended = Boards.of(job(FIRST, "counting", JobStatus.FINISHED, 1));

        assertThat(pressed(ended, Key.SAVEPOINT).question()).isEmpty();
        assertThat(pressed(ended, Key.CANCEL).question()).isEmpty();
    }

    @Test
    void questionAboutAJobThatEndsOrGoesIsWithdrawn() {
        Board asked = pressed(BOTH, Key.CANCEL);

        assertThat(Boards.seen(asked, COUNTING, PAUSING).question()).isPresent();
        assertThat(Boards.seen(asked, PAUSING).question()).isEmpty();
        assertThat(asked.withStatus(FIRST, JobStatus.FINISHED, NOW).question()).isEmpty();
        assertThat(asked.withStatus(SECOND, JobStatus.FINISHED, NOW).question()).isPresent();
    }

    @Test
    void selectionStaysWithItsJob() {
        Board selected = pressed(BOTH, Key.DOWN);
        assertThat(selectedIn(Boards.seen(selected, COMING, COUNTING, PAUSING))).isEqualTo(SECOND);
        assertThat(selectedIn(Boards.seen(selected, COMING, COUNTING))).isEqualTo(THIRD);
        assertThat(Boards.seen(selected).selectedJob()).isEmpty();
    }

    @Test
    void firstJobIsSelectedUnlessAnotherIs() {
        assertThat(selectedIn(BOTH)).isEqualTo(FIRST);
        assertThat(selectedIn(Boards.seen(BOTH, COMING, COUNTING, PAUSING))).isEqualTo(THIRD);
    }

    @Test
    void whatIsKnownOfAJobOutlastsTheNextLook() {
        Checkpoint checkpoint = new Checkpoint(7, NOW, Duration.ofMillis(5), 100);
        Vertex vertex = new Vertex("numbers", 0.5, 0);
        Board board =
                Boards.seen(
                        BOTH.withCheckpoint(FIRST, checkpoint)
                                .withLook(FIRST, Optional.of(1L), Optional.of(vertex)),
                        COUNTING,
                        PAUSING);

        assertThat(board.selectedJob().orElseThrow().checkpoint()).contains(checkpoint);
        assertThat(board.selectedJob().orElseThrow().restarts()).contains(1L);
        assertThat(board.selectedJob().orElseThrow().busiest()).contains(vertex);
    }

    @Test
    void answersMayOvertakeEachOther() {
        Checkpoint older = new Checkpoint(7, NOW, Duration.ofMillis(5), 100);
        Checkpoint newer = new Checkpoint(8, NOW, Duration.ofMillis(5), 100);
        Board board = BOTH.withCheckpoint(FIRST, newer).withCheckpoint(FIRST, older);
        assertThat(board.selectedJob().orElseThrow().checkpoint()).contains(newer);

        Board ended =
                Boards.seen(
                        Boards.of(COUNTING).withStatus(FIRST, JobStatus.CANCELED, NOW), COUNTING);
        assertThat(ended.jobs())
                .singleElement()
                .satisfies(
                        job -> {
                            assertThat(job.status()).isEqualTo(JobStatus.CANCELED);
                            assertThat(job.ended()).contains(NOW);
                        });
    }

    private static JobId selectedIn(Board board) {
        return board.selectedJob().orElseThrow().id();
    }

    private static Board pressed(Board board, Key... keys) {
        Board pressed = board;
        for (Key key : keys) {
            pressed = Step.press(key, pressed).board();
        }
        return pressed;
    }
}
