package dev.drey.it.tools.monitor;

import static dev.drey.it.tools.monitor.Boards.FIRST;
import static dev.drey.it.tools.monitor.Boards.NOW;
import static dev.drey.it.tools.monitor.Boards.SECOND;
import static dev.drey.it.tools.monitor.Boards.THIRD;
import static dev.drey.it.tools.monitor.Boards.job;
import static dev.drey.it.tools.monitor.Boards.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.it.tools.monitor.Errand.Outcome;
import dev.drey.it.tools.monitor.JobRow.Checkpoint;
import dev.drey.it.tools.monitor.JobRow.Vertex;
import dev.drey.model.JobId;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {

    private static final Outcome DONE = new Outcome(false, "done");

    @Test
    void allThatIsKnownOfJobsIsShown() {
        Board board =
                Boards.of(
                                job(FIRST, "counting", JobStatus.RUNNING, 192),
                                job(SECOND, "ended", JobStatus.FAILED, 5))
                        .withCheckpoint(
                                FIRST,
                                new Checkpoint(
                                        7, NOW.minusSeconds(4), Duration.ofMillis(12), 3_400))
                        .withLook(
                                FIRST,
                                Optional.of(2L),
                                Optional.of(new Vertex("Source: numbers", 0.98, 0.014)));

        assertThat(text(board, 110, 8))
                .containsExactly(
                        "Flink 2.3.0 at http://127.0.0.1:8081   1 task manager, 3 of 4 slots free   2"
                                + " jobs",
                        "",
                        "  JOB                      STATE         FOR RESTARTS LAST CHECKPOINT      "
                                + "BUSY BACK BUSIEST VERTEX           ",
                        "> counting                 RUNNING     3m12s        2 4s ago 12ms 3.4kB    "
                                + " 98%   1% Source: numbers          ",
                        "  ended                    FAILED         5s        - -                    "
                                + "   -    - -                        ",
                        "",
                        "",
                        "q quit   s savepoint   c cancel   ↑↓ select");
    }

    @Test
    void clusterThatWasNeverHeardIsSaidToBeSilent() {
        assertThat(
                        text(
                                Boards.empty()
                                        .unheard(NOW.minusSeconds(9), "Connection refused")
                                        .unheard(NOW, "No route to host"),
                                60,
                                4))
                .startsWith("Flink at http://127.0.0.1:8081", "Not heard for 9s: No route to host");
    }

    @Test
    void jobsOfAClusterThatIsNotHeardStay() {
        Board board =
                Boards.of(job(FIRST, "counting", JobStatus.RUNNING, 1)).unheard(NOW, "timeout");

        assertThat(text(board, 80, 6)).anyMatch(line -> line.startsWith("> counting"));
        assertThat(text(Boards.seen(board), 80, 6)).noneMatch(line -> line.contains("timeout"));
    }

    @ParameterizedTest
    @CsvSource({
        "200, 50", "120, 30", "80, 24", "79, 10", "40, 8", "20, 5", "11, 4", "3, 3", "1, 1"
    })
    void frameFitsEveryTerminal(int columns, int rows) {
        JobDetails[] jobs =
                IntStream.range(0, 40)
                        .mapToObj(
                                i ->
                                        job(
                                                JobId.fromString("%032x".formatted(i)),
                                                "a job with a name that is long ".repeat(i),
                                                JobStatus.INITIALIZING,
                                                i))
                        .toArray(JobDetails[]::new);
        Board board =
                Boards.of(jobs)
                        .begun(errand(1))
                        .unheard(NOW, "a reason that is long, too".repeat(10))
                        .selecting(20);

        List<AttributedString> frame = Frame.of(board, columns, rows, NOW);

        assertThat(frame).hasSize(rows);
        assertThat(frame).allMatch(line -> line.columnLength() <= columns);
    }

    @Test
    void selectedJobIsAlwaysInSight() {
        JobDetails[] jobs =
                IntStream.range(0, 40)
                        .mapToObj(
                                i ->
                                        job(
                                                JobId.fromString("%032x".formatted(i)),
                                                "job-" + i,
                                                JobStatus.RUNNING,
                                                i))
                        .toArray(JobDetails[]::new);
        for (int row = 0; row < jobs.length; row++) {
            assertThat(text(Boards.of(jobs).selecting(row), 60, 10))
                    .filteredOn(line -> line.startsWith("> "))
                    .singleElement()
                    .asString()
                    .startsWith("> job-%d ".formatted(row));
        }
    }

    @Test
    void longNameIsCutWhereItWouldHideTheRest() {
        assertThat(
                        text(
                                Boards.of(
                                        job(
                                                FIRST,
                                                "a name that is much too long",
                                                JobStatus.RUNNING,
                                                1)),
                                30,
                                5))
                .contains("> a name that is m… RUNNING   ");
    }

    @Test
    void widthOfWideCharactersCounts() {
        assertThat(text(Boards.of(job(FIRST, "数える仕事の名前", JobStatus.RUNNING, 1)), 25, 5))
                .contains("> 数える仕事…  RUNNING   ");
    }

    @Test
    void nameCannotMoveTheCursor() {
        assertThat(text(Boards.of(job(FIRST, "a\033[2Jb\nc", JobStatus.RUNNING, 1)), 40, 5))
                .anyMatch(line -> line.startsWith("> a?[2Jb?c "));
    }

    @Test
    void questionStandsInPlaceOfTheKeys() {
        Board board =
                Boards.of(job(FIRST, "counting", JobStatus.RUNNING, 1))
                        .asking(new Order(Order.Kind.CANCELLATION, FIRST, "counting"));

        assertThat(text(board, 60, 6)).endsWith("Cancel counting?   y yes   n no");
    }

    @Test
    void errandIsShownFromItsBeginToItsEnd() {
        Board begun = Boards.of().begun(errand(1));
        assertThat(text(begun, 60, 6)).contains("Savepoint of counting, for 3s");

        Board ended =
                begun.ended(
                        errand(1)
                                .endedWith(
                                        new Outcome(false, "Savepoint of counting is at file:/x")));
        assertThat(text(ended, 60, 6))
                .contains("Savepoint of counting is at file:/x")
                .noneMatch(line -> line.contains("for 3s"));
    }

    @Test
    void errandsThatHaveEndedGiveWayFirst() {
        Board board =
                Boards.of()
                        .begun(errand(1))
                        .begun(errand(2))
                        .begun(errand(3))
                        .ended(errand(2).endedWith(DONE))
                        .begun(errand(4));

        assertThat(board.errands()).extracting(Errand::number).containsExactly(1L, 3L, 4L);
        Board more = board.begun(errand(5));
        assertThat(more.errands()).extracting(Errand::number).containsExactly(3L, 4L, 5L);
        assertThat(more.ended(errand(1).endedWith(DONE)).errands())
                .extracting(Errand::number)
                .containsExactly(4L, 5L, 1L);
        assertThat(more.ended(errand(3).endedWith(DONE)).errands())
                .extracting(Errand::number)
                .containsExactly(4L, 5L, 3L);
    }

    @Test
    void jobsThatRunComeFirstAndTheNewestOfThemBefore() {
        assertThat(
                        Boards.of(
                                        job(FIRST, "ended", JobStatus.CANCELED, 1),
                                        job(SECOND, "old", JobStatus.RUNNING, 9),
                                        job(THIRD, "new", JobStatus.RESTARTING, 2))
                                .jobs())
                .extracting(JobRow::name)
                .containsExactly("new", "old", "ended");
    }

    private static Errand errand(long number) {
        return new Errand(
                number,
                new Order(Order.Kind.SAVEPOINT, FIRST, "counting"),
                NOW.minusSeconds(3),
                Optional.empty());
    }
}
