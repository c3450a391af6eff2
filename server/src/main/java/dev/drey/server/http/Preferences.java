package dev.drey.server.http;

import java.util.ArrayList;
import java.util.List;

/** What a client would like of a server that knows how, as RFC 7240 has it. */
final class Preferences {

    /** The field of a request. */
    static final String PREFER = "Prefer";

    /** The field of an answer that names what was heeded. */
    static final String APPLIED = "Preference-Applied";

    /** Refuse what is unknown here, instead of passing over it. */
    static final String STRICT = "handling=strict";

    private static final String HANDLING = "handling=";

    /**
     * Whether {@code headers} prefer {@link #STRICT}. Of preferences with one name, the first
     * counts.
     */
    static boolean areStrict(List<String> headers) {
        return headers.stream()
                .flatMap(header -> preferences(header).stream())
                .filter(
                        preference ->
                                preference.regionMatches(true, 0, HANDLING, 0, HANDLING.length()))
                .findFirst()
                .filter(STRICT::equalsIgnoreCase)
                .isPresent();
    }

    /** Each as {@code name=value}: without quotes, without space, and without its parameters. */
    private static List<String> preferences(String header) {
        List<String> preferences = new ArrayList<>();
        StringBuilder preference = new StringBuilder();
        boolean quoted = false;
        boolean inParameters = false;
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            if (quoted && c == '\\' && i + 1 < header.length()) {
                i++;
                if (!inParameters) {
                    preference.append(header.charAt(i));
                }
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == ',') {
                preferences.add(preference.toString());
                preference.setLength(0);
                inParameters = false;
            } else if (!quoted && c == ';') {
                inParameters = true;
            } else if (!inParameters && (quoted || !Character.isWhitespace(c))) {
                preference.append(c);
            }
        }
        preferences.add(preference.toString());
        return preferences;
    }

    private Preferences() {}
}
