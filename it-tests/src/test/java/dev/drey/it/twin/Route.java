package dev.drey.it.twin;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of Flink's list of routes.
 *
 * @param path with parameters as {@code :name}
 */
record Route(String method, String path) {

    private static final Pattern PARAMETER = Pattern.compile("(?<=/):(\\w+)");

    /** Reads {@code GET /jobs/:jobid}. */
    static Route parse(String line) {
        int space = line.indexOf(' ');
        return new Route(line.substring(0, space), line.substring(space + 1));
    }

    boolean isRead() {
        return method.equals("GET");
    }

    /** The names of its parameters, in order. */
    List<String> parameters() {
        return PARAMETER.matcher(path).results().map(match -> match.group(1)).toList();
    }

    /** The path with a value for one of its parameters. */
    static String filled(String path, String parameter, String value) {
        return path.replaceFirst("(?<=/):" + parameter + "\\b", Matcher.quoteReplacement(value));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
