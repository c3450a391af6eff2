package dev.drey.it.tools.monitor;

import java.time.Duration;
import java.util.Locale;

/** Quantities in a few characters. */
final class Quantities {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final int STEP = 1000;

    /** To the second, or coarser. */
    static String age(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return text("%dm%02ds", minutes, seconds % 60);
        }
        long hours = minutes / 60;
        return hours < 24
                ? text("%dh%02dm", hours, minutes % 60)
                : text("%dd%02dh", hours / 24, hours % 24);
    }

    /** To the millisecond, or coarser. */
    static String time(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 1000) {
            return millis + "ms";
        }
        return millis < 60_000 ? text("%.1fs", Math.floor(millis / 100.0) / 10) : age(duration);
    }

    static String bytes(long bytes) {
        double size = bytes;
        int unit = 0;
        // What would be rounded up to the next unit belongs to it.
        while ((unit == 0 ? size >= STEP : size >= STEP - 0.05) && unit < UNITS.length - 1) {
            size /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + UNITS[0] : text("%.1f%s", size, UNITS[unit]);
    }

    static String percent(double share) {
        return Double.isFinite(share) ? Math.round(share * 100) + "%" : "-";
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private Quantities() {}
}
