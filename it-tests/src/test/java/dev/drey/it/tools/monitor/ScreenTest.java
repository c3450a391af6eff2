package dev.drey.it.tools.monitor;

import static dev.drey.it.tools.monitor.Boards.NOW;
import static dev.drey.it.tools.monitor.Boards.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.it.tools.monitor.Errand.Outcome;
import dev.drey.model.JobId;
import dev.drey.model.jobs.JobDetails;
import dev.drey.model.jobs.JobStatus;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jline.terminal.Attributes;
import org.junit.jupiter.api.Test;

/** However a board changes, the terminal shows it. */
class ScreenTest {

    private static final long SEED = 20_261_124;
    private static final int FRAMES = 300;
    private static final List<JobStatus> STATUSES = List.of(JobStatus.values());

    @Test
    void everyFrameIsShownWhateverWasShownBefore() throws Exception {
        Random random = new Random(SEED);
        try (TerminalScreen shown = new TerminalScreen(60, 10);
                Screen screen = new Screen(shown.terminal())) {
            for (int i = 0; i < FRAMES; i++) {
                if (random.nextInt(10) == 0) {
                    shown.resize(5 + random.nextInt(120), 3 + random.nextInt(20));
                }
                Board board = board(random);
                screen.draw((columns, rows) -> Frame.of(board, columns, rows, NOW));

                List<String> frame =
                        Boards.text(
                                board, shown.terminal().getColumns(), shown.terminal().getRows());
                assertThat(shown.lines())
                        .as("frame %d", i)
                        .containsExactlyElementsOf(
                                frame.stream().map(String::stripTrailing).toList());
            }
        }
    }

    @Test
    void terminalIsLeftAsItWas() throws Exception {
        try (TerminalScreen shown = new TerminalScreen(60, 10)) {
            Attributes before = shown.terminal().getAttributes();
            Screen screen = new Screen(shown.terminal());
            assertThat(shown.terminal().getAttributes().toString()).isNotEqualTo(before.toString());

            screen.close();
            screen.draw((columns, rows) -> Frame.of(Boards.empty(), columns, rows, NOW));

            assertThat(shown.terminal().getAttributes().toString()).isEqualTo(before.toString());
            assertThat(shown.lines()).allMatch(String::isEmpty);
        }
    }

    private static Board board(Random random) {
        JobDetails[] jobs =
                IntStream.range(0, random.nextInt(12))
                        .mapToObj(
                                i ->
                                        job(
                                                JobId.fromString("%032x".formatted(i)),
                                                "job-%d "
                                                        .formatted(i)
                                                        .repeat(1 + random.nextInt(9)),
                                                STATUSES.get(random.nextInt(STATUSES.size())),
                                                random.nextInt(1000)))
                        .toArray(JobDetails[]::new);
        Board board = Boards.of(jobs).selecting(random.nextInt(12));
        for (int errand = 0; errand < random.nextInt(4); errand++) {
            Order order =
                    new Order(
                            Order.Kind.SAVEPOINT,
                            JobId.fromString("a".repeat(32)),
                            "job-" + errand);
            Errand begun = new Errand(errand, order, NOW, Optional.empty());
            board = board.begun(begun);
            if (random.nextBoolean()) {
                board =
                        board.ended(
                                begun.endedWith(
                                        new Outcome(
                                                random.nextBoolean(),
                                                "x".repeat(random.nextInt(200)))));
            }
        }
        return random.nextInt(3) == 0 ? board.unheard(NOW, "y".repeat(random.nextInt(200))) : board;
    }
}
