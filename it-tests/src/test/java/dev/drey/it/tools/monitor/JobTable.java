package dev.drey.it.tools.monitor;

import dev.drey.it.tools.monitor.JobRow.Checkpoint;
import dev.drey.it.tools.monitor.JobRow.Vertex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Jobs as a table: of its columns those for which there is room, of its rows those around one. */
final class JobTable {

    private static final String SELECTED = "> ";
    private static final String NOT_SELECTED = "  ";
    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;

    /** From left to right. */
    private enum Column {
        JOB("JOB", 10, false),
        STATE("STATE", 10, false),
        AGE("FOR", 6, true),
        RESTARTS("RESTARTS", 8, true),
        CHECKPOINT("LAST CHECKPOINT", 20, false),
        BUSY("BUSY", 4, true),
        BACK("BACK", 4, true),
        VERTEX("BUSIEST VERTEX", 12, false);

        /** The first ones are shown wherever there is any room. */
        static final List<Column> BY_IMPORTANCE =
                List.of(JOB, STATE, CHECKPOINT, BUSY, BACK, RESTARTS, VERTEX, AGE);

        final String title;
        final int leastWidth;
        final boolean isNumber;

        Column(String title, int leastWidth, boolean isNumber) {
            this.title = title;
            this.leastWidth = leastWidth;
            this.isNumber = isNumber;
        }
    }

    private final List<JobRow> jobs;
    private final int selected;
    private final Instant now;
    private final Map<Column, Integer> widths;

    JobTable(List<JobRow> jobs, int selected, int columns, Instant now) {
        this.jobs = jobs;
        this.selected = selected;
        this.now = now;
        this.widths = widths(columns);
    }

    /** Its title and rows, as many as there is room for. */
    List<AttributedString> lines(int room) {
        List<AttributedString> lines = new ArrayList<>();
        if (room > 0) {
            lines.add(titles());
        }
        int shown = Math.max(0, Math.min(jobs.size(), room - 1));
        int first = Math.max(0, Math.min(selected - shown / 2, jobs.size() - shown));
        for (int row = first; row < first + shown; row++) {
            lines.add(line(jobs.get(row), row == selected));
        }
        return lines;
    }

    private static Map<Column, Integer> widths(int columns) {
        Map<Column, Integer> widths = new EnumMap<>(Column.class);
        int left = columns - SELECTED.length();
        for (Column column : Column.BY_IMPORTANCE) {
            int needed = column.leastWidth + (widths.isEmpty() ? 0 : 1);
            if (needed > left && !widths.isEmpty()) {
                break;
            }
            widths.put(column, Math.max(0, Math.min(column.leastWidth, left)));
            left -= needed;
        }
        // Names take what is left.
        if (left > 0 && widths.containsKey(Column.VERTEX)) {
            widths.merge(Column.VERTEX, left / 2, Integer::sum);
            left -= left / 2;
        }
        widths.merge(Column.JOB, Math.max(0, left), Integer::sum);
        return widths;
    }

    private AttributedString titles() {
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.append(NOT_SELECTED);
        widths.forEach((column, width) -> cell(line, column, column.title, PLAIN.faint()));
        return line.toAttributedString();
    }

    private AttributedString line(JobRow job, boolean isSelected) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.append(isSelected ? SELECTED : NOT_SELECTED);
        widths.keySet()
                .forEach(column -> cell(line, column, text(column, job), style(column, job)));
        return isSelected ? new AttributedString(line, PLAIN.inverse()) : line.toAttributedString();
    }

    private void cell(
            AttributedStringBuilder line, Column column, String text, AttributedStyle style) {
        if (column != Column.JOB) {
            line.append(" ");
        }
        int width = widths.get(column);
        line.append(column.isNumber ? Cells.right(text, width) : Cells.left(text, width), style);
    }

    private String text(Column column, JobRow job) {
        return switch (column) {
            case JOB -> job.name();
            case STATE -> job.status().name();
            case AGE -> Quantities.age(job.age(now));
            case RESTARTS -> job.restarts().map(String::valueOf).orElse("-");
            case CHECKPOINT -> job.checkpoint().map(this::text).orElse("-");
            case BUSY -> job.busiest().map(Vertex::busy).map(Quantities::percent).orElse("-");
            case BACK ->
                    job.busiest().map(Vertex::backPressured).map(Quantities::percent).orElse("-");
            case VERTEX -> job.busiest().map(Vertex::name).orElse("-");
        };
    }

    private String text(Checkpoint checkpoint) {
        return "%s ago %s %s"
                .formatted(
                        Quantities.age(Duration.between(checkpoint.completed(), now)),
                        Quantities.time(checkpoint.lasted()),
                        Quantities.bytes(checkpoint.bytes()));
    }

    private static AttributedStyle style(Column column, JobRow job) {
        if (column != Column.STATE) {
            return job.isOver() ? PLAIN.faint() : PLAIN;
        }
        return switch (job.status()) {
            case RUNNING -> PLAIN.foreground(AttributedStyle.GREEN);
            case FAILED -> PLAIN.foreground(AttributedStyle.RED);
            case FINISHED, CANCELED -> PLAIN.faint();
            default -> PLAIN.foreground(AttributedStyle.YELLOW);
        };
    }
}
