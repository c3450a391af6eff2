package dev.drey.it.tools.monitor;

import dev.drey.it.tools.monitor.Board.Silence;
import dev.drey.model.cluster.ClusterOverviewWithVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** A board as lines of a terminal, which are never more or longer than it has room for. */
final class Frame {

    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final AttributedStyle FAINT = PLAIN.faint();
    private static final AttributedStyle RED = PLAIN.foreground(AttributedStyle.RED);
    private static final AttributedStyle YELLOW = PLAIN.foreground(AttributedStyle.YELLOW);
    private static final AttributedStyle GREEN = PLAIN.foreground(AttributedStyle.GREEN);

    private static final String KEYS = "q quit   s savepoint   c cancel   ↑↓ select";
    private static final String ANSWERS = "   y yes   n no";

    private final Board board;
    private final int columns;
    private final int rows;
    private final Instant now;

    private Frame(Board board, int columns, int rows, Instant now) {
        this.board = board;
        this.columns = columns;
        this.rows = rows;
        this.now = now;
    }

    static List<AttributedString> of(Board board, int columns, int rows, Instant now) {
        return new Frame(board, columns, rows, now).lines();
    }

    private List<AttributedString> lines() {
        List<AttributedString> above = new ArrayList<>();
        above.add(line(heading(), PLAIN.bold()));
        above.add(board.silence().map(this::silence).orElse(AttributedString.EMPTY));
        List<AttributedString> below = new ArrayList<>();
        board.errands().forEach(errand -> below.add(errand(errand)));
        below.add(
                board.question()
                        .map(order -> line(order.question() + ANSWERS, YELLOW.bold()))
                        .orElse(line(KEYS, FAINT)));

        int room = Math.max(0, rows - above.size() - below.size());
        List<AttributedString> lines = new ArrayList<>(above);
        lines.addAll(new JobTable(board.jobs(), board.selectedRow(), columns, now).lines(room));
        while (lines.size() < rows - below.size()) {
            lines.add(AttributedString.EMPTY);
        }
        lines.addAll(below);
        // Of a terminal that is too low, the last lines are those that answer to keys.
        return lines.subList(Math.max(0, lines.size() - rows), lines.size());
    }

    private String heading() {
        return board.cluster()
                .map(
                        cluster ->
                                "Flink %s at %s   %s   %s"
                                        .formatted(
                                                cluster.version(),
                                                board.endpoint(),
                                                slots(cluster),
                                                counted(board.jobs().size(), "job")))
                .orElseGet(() -> "Flink at " + board.endpoint());
    }

    private static String slots(ClusterOverviewWithVersion cluster) {
        return "%s, %d of %s free"
                .formatted(
                        counted(cluster.taskManagers(), "task manager"),
                        cluster.slotsAvailable(),
                        counted(cluster.slotsTotal(), "slot"));
    }

    private static String counted(int count, String what) {
        return "%d %s%s".formatted(count, what, count == 1 ? "" : "s");
    }

    private AttributedString silence(Silence silence) {
        return line(
                "Not heard for %s: %s"
                        .formatted(
                                Quantities.age(Duration.between(silence.since(), now)),
                                silence.reason()),
                RED);
    }

    private AttributedString errand(Errand errand) {
        return errand.outcome()
                .map(outcome -> line(outcome.text(), outcome.failed() ? RED : GREEN))
                .orElseGet(() -> line(underWay(errand), YELLOW));
    }

    private String underWay(Errand errand) {
        return "%s, for %s"
                .formatted(
                        errand.order().subject(),
                        Quantities.age(Duration.between(errand.since(), now)));
    }

    private AttributedString line(String text, AttributedStyle style) {
        return new AttributedStringBuilder()
                .append(Cells.cut(text, columns), style)
                .toAttributedString();
    }
}
