package dev.drey.it.tools.monitor;

import org.jline.utils.AttributedString;

/** Text in the columns of a terminal, where a character may take two. */
final class Cells {

    private static final String CUT = "…";

    /** As much of the text as has room, and a sign that there is more. */
    static String cut(String text, int columns) {
        AttributedString clean = new AttributedString(printable(text));
        if (clean.columnLength() <= columns) {
            return clean.toString();
        }
        return columns <= 0 ? "" : clean.columnSubSequence(0, columns - 1) + CUT;
    }

    /** Exactly as wide, with the text at the left. */
    static String left(String text, int columns) {
        String cut = cut(text, columns);
        return cut + blanks(cut, columns);
    }

    /** Exactly as wide, with the text at the right. */
    static String right(String text, int columns) {
        String cut = cut(text, columns);
        return blanks(cut, columns) + cut;
    }

    private static String blanks(String text, int columns) {
        return " ".repeat(Math.max(0, columns - new AttributedString(text).columnLength()));
    }

    /** The name of a job must not move the cursor. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private Cells() {}
}
