package dev.drey.server.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a client would like of a server that knows how, as RFC 7240 has it. */
public final class Preferences {

    /** The field of a request. */
    public static final String PREFER = "Prefer";

    /** The field of an answer that names what was heeded. */
    public static final String APPLIED = "Preference-Applied";

    /** Refuse what is unknown here, instead of passing over it. */
    static final String STRICT = "handling=strict";

    private static final String HANDLING = "handling=";
    private static final String WAIT = "wait=";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    /**
     * Whether {@code headers} prefer {@link #STRICT}. Of preferences with one name, the first
     * counts.
     */
    static boolean areStrict(List<String> headers) {
        return first(HANDLING, headers)
                .filter(STRICT.substring(HANDLING.length())::equalsIgnoreCase)
                .isPresent();
    }

    /**
     * How long {@code headers} prefer to wait for what they ask for, rather than to be told that it
     * is not there yet; empty if they do not, or say no number of seconds.
     */
    public static Optional<Duration> wait(List<String> headers) {
        return first(WAIT, headers)
                .filter(seconds -> SECONDS.matcher(seconds).matches())
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /** What is answered to who was to wait for {@code most}. */
    public static String waited(Duration most) {
        return WAIT + most.toSeconds();
    }

    private static Optional<String> first(String name, List<String> headers) {
        return headers.stream()
                .flatMap(header -> preferences(header).stream())
                .filter(preference -> preference.regionMatches(true, 0, name, 0, name.length()))
                .map(preference -> preference.substring(name.length()))
                .findFirst();
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
