package dev.drey.it.dashboard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes out of a text what is not the same on two clusters that do the same. */
final class Mask {

    private static final Map<Pattern, String> MASKS = masks();

    private static Map<Pattern, String> masks() {
        Map<Pattern, String> masks = new LinkedHashMap<>();
        masks.put(Pattern.compile("\\bfile:\\S+"), "<file>");
        // A checkpoint is discarded as soon as there is the next.
        masks.put(Pattern.compile("Discarded: (true|false|-)"), "Discarded: <maybe>");
        masks.put(
                Pattern.compile("\\d{4}-\\d\\d-\\d\\d(,? |T)\\d\\d:\\d\\d:\\d\\d([.,]\\d+)?"),
                "<time>");
        masks.put(Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "<id>");
        masks.put(Pattern.compile("[0-9a-f]{32}"), "<id>");
        // The beginning of an id, which may happen to be a number.
        masks.put(Pattern.compile("\\b(?=\\d*[a-f])[0-9a-f]{8}\\b"), "<number>");
        masks.put(
                Pattern.compile("(localhost|\\d+(\\.\\d+){3})(:\\d+)?(-[0-9a-f]{6}(?=\\b|_))?"),
                "<host>");
        masks.put(Pattern.compile("\\d[\\d,]*(\\.\\d+)? ?[KMGT]?B\\b"), "<size>");
        masks.put(Pattern.compile("(\\d+(\\.\\d+)?(ms|[smhd])(?![A-Za-z]) ?)+"), "<duration>");
        masks.put(Pattern.compile("\\d[\\d,]*(\\.\\d+)*"), "<number>");
        masks.put(Pattern.compile("[ \\u00a0\\t]*\\R[\\s\\u00a0]*"), "\n");
        masks.put(Pattern.compile("[ \\u00a0\\t]+"), " ");
        return masks;
    }

    /** The rest of it. */
    static String of(String text) {
        String masked = text;
        for (Map.Entry<Pattern, String> mask : MASKS.entrySet()) {
            masked = mask.getKey().matcher(masked).replaceAll(mask.getValue());
        }
        return masked.strip();
    }

    private Mask() {}
}
