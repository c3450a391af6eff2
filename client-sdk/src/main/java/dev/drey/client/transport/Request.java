package dev.drey.client.transport;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked of the cluster: a method, a path and perhaps a body.
 *
 * <p>Paths are written as Flink documents them, without a version: {@code /jobs/:jobid/status}.
 * Each name that starts with a colon stands for the next of the values, which is percent-encoded,
 * so that no value can change the shape of the path.
 */
public final class Request {
    private static final Pattern PARAMETER = Pattern.compile("(?<=/):[a-zA-Z]+");

    private final String method;
    private final String path;
    private final Record json;
    private final List<FilePart> files;
    private final long position;

    private Request(String method, String path, Record json, List<FilePart> files) {
        this(method, path, json, files, 0);
    }

    private Request(String method, String path, Record json, List<FilePart> files, long position) {
        this.method = method;
        this.path = path;
        this.json = json;
        this.files = List.copyOf(files);
        this.position = position;
    }

    /** Reads {@code path}. */
    public static Request get(String path, String... values) {
        return new Request("GET", expand(path, values), null, List.of());
    }

    /** Posts to {@code path}. */
    public static Request post(String path, String... values) {
        return new Request("POST", expand(path, values), null, List.of());
    }

    /** Patches {@code path}. */
    public static Request patch(String path, String... values) {
        return new Request("PATCH", expand(path, values), null, List.of());
    }

    /** Puts to {@code path}. */
    public static Request put(String path, String... values) {
        return new Request("PUT", expand(path, values), null, List.of());
    }

    /** Deletes {@code path}. */
    public static Request delete(String path, String... values) {
        return new Request("DELETE", expand(path, values), null, List.of());
    }

    /** The same request with a query parameter more: {@code value}, percent-encoded. */
    public Request withQuery(String name, String value) {
        String separator = path.contains("?") ? "&" : "?";
        return new Request(method, path + separator + name + "=" + encode(value), json, files);
    }

    /**
     * The same request with a body: {@code body} as JSON. With files it is their form's field
     * {@code request}.
     */
    public Request withJson(Record body) {
        return new Request(method, path, requireNonNull(body, "body is null"), files);
    }

    /**
     * The same request with a file more, under its own name; see {@link #withFile(String, Path,
     * String, String)}.
     */
    public Request withFile(String field, Path file, String mediaType) {
        return withFile(field, file, file.getFileName().toString(), mediaType);
    }

    /**
     * The same request with a file more: its body is a form. The file is read while it is sent, as
     * fast as the cluster takes it, and never held in memory.
     *
     * @param field name of the field
     * @param file a regular file
     * @param name what the form calls it
     * @param mediaType media type of the file
     */
    public Request withFile(String field, Path file, String name, String mediaType) {
        List<FilePart> more = new ArrayList<>(files);
        more.add(new FilePart(field, file, name, mediaType));
        return new Request(method, path, json, more);
    }

    /** The same request for a file without what is before {@code first}. */
    Request from(long first) {
        return new Request(method, path, json, files, first);
    }

    String method() {
        return method;
    }

    /** Encoded; with the query, without the version. */
    String path() {
        return path;
    }

    /** {@code null} without one. */
    Record json() {
        return json;
    }

    List<FilePart> files() {
        return files;
    }

    /** The first byte that is wanted of a file. */
    long position() {
        return position;
    }

    private static String expand(String path, String... values) {
        Matcher parameters = PARAMETER.matcher(path);
        StringBuilder expanded = new StringBuilder();
        for (String value : values) {
            if (!parameters.find()) {
                throw new IllegalArgumentException(path + " has fewer parameters than values");
            }
            parameters.appendReplacement(expanded, Matcher.quoteReplacement(encode(value)));
        }
        if (parameters.find()) {
            throw new IllegalArgumentException(path + " has more parameters than values");
        }
        return parameters.appendTail(expanded).toString();
    }

    private static String encode(String segment) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b)) {
                encoded.append((char) b);
            } else {
                encoded.append("%%%02X".formatted(b));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }

    /** A form field that is a file. */
    record FilePart(String field, Path file, String name, String mediaType) {
        FilePart {
            requireNonNull(field, "field is null");
            requireNonNull(file, "file is null");
            requireNonNull(name, "name is null");
            requireNonNull(mediaType, "mediaType is null");
        }
    }

    /**
     * A body of several parts.
     *
     * @param request the JSON among them, {@code null} if there is none
     */
    record Form(String request, List<FilePart> files) {}
}
