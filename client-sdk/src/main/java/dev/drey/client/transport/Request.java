package dev.drey.client.transport;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    private final String method;
    private final String path;
    private final Record json;
    private final List<FilePart> files;
    private final Delivery delivery;

    private Request(
            String method, String path, Record json, List<FilePart> files, Delivery delivery) {
        this.method = method;
        this.path = path;
        this.json = json;
        this.files = List.copyOf(files);
        this.delivery = delivery;
    }

    private static Request of(String method, String path, String... values) {
        return new Request(method, expand(path, values), null, List.of(), Delivery.DEFAULT);
    }

    /** Reads {@code path}. */
    public static Request get(String path, String... values) {
        return of("GET", path, values);
    }

    /** Posts to {@code path}. */
    public static Request post(String path, String... values) {
        return of("POST", path, values);
    }

    /** Patches {@code path}. */
    public static Request patch(String path, String... values) {
        return of("PATCH", path, values);
    }

    /** Puts to {@code path}. */
    public static Request put(String path, String... values) {
        return of("PUT", path, values);
    }

    /** Deletes {@code path}. */
    public static Request delete(String path, String... values) {
        return of("DELETE", path, values);
    }

    /** The same request with a query parameter more: {@code value}, percent-encoded. */
    public Request withQuery(String name, String value) {
        String separator = path.contains("?") ? "&" : "?";
        return new Request(
                method, path + separator + name + "=" + encode(value), json, files, delivery);
    }

    /**
     * The same request with a body: {@code body} as JSON. With files it is their form's field
     * {@code request}.
     */
    public Request withJson(Record body) {
        return new Request(method, path, requireNonNull(body, "body is null"), files, delivery);
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
        return new Request(method, path, json, more, delivery);
    }

    /**
     * The same request with a header more; a header of that name which it had is replaced.
     *
     * @throws IllegalArgumentException if HTTP allows no such name or value
     */
    public Request withHeader(String name, String value) {
        return with(delivery.withHeader(name, value));
    }

    /**
     * The same request with a deadline of its own instead of the client's, from the call to the
     * last byte of the answer. It holds for each try, too: a request that is to be held by the
     * server is not ended before.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Request withTimeout(Duration total) {
        if (total.isNegative() || total.isZero()) {
            throw new IllegalArgumentException("timeout is " + total);
        }
        return with(
                new Delivery(
                        delivery.headers,
                        total,
                        delivery.endpoint,
                        delivery.repeatable,
                        delivery.position));
    }

    /**
     * The same request to one of the client's endpoints: no other is asked.
     *
     * @param endpoint as {@link Answer#endpoint()} tells it. If it is none of the client's, the
     *     request fails with an {@link IllegalArgumentException}
     */
    public Request at(URI endpoint) {
        requireNonNull(endpoint, "endpoint is null");
        return with(
                new Delivery(
                        delivery.headers,
                        delivery.timeout,
                        endpoint,
                        delivery.repeatable,
                        delivery.position));
    }

    /**
     * The same request, which may be sent again when its answer was lost: whatever endpoint got it,
     * to have been done twice is as good as once. Reads always are; a write is not unless this says
     * so.
     */
    public Request repeatable() {
        return with(
                new Delivery(
                        delivery.headers,
                        delivery.timeout,
                        delivery.endpoint,
                        true,
                        delivery.position));
    }

    /** The same request for a file without what is before {@code first}. */
    Request from(long first) {
        return with(
                new Delivery(
                        delivery.headers,
                        delivery.timeout,
                        delivery.endpoint,
                        delivery.repeatable,
                        first));
    }

    private Request with(Delivery other) {
        return new Request(method, path, json, files, other);
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

    Map<String, String> headers() {
        return delivery.headers;
    }

    /** Empty where the client's holds. */
    Optional<Duration> timeout() {
        return Optional.ofNullable(delivery.timeout);
    }

    /** The only one to be asked; empty if any will do. */
    Optional<URI> endpoint() {
        return Optional.ofNullable(delivery.endpoint);
    }

    boolean isRepeatable() {
        return delivery.repeatable || method.equals("GET");
    }

    /** The first byte that is wanted of a file. */
    long position() {
        return delivery.position;
    }

    static String checkedName(String name) {
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'%s' is no name of a header".formatted(name));
        }
        return name;
    }

    /** The complaint does not tell the value, which may be a secret. */
    static String checkedValue(String name, String value) {
        if (!HEADER_VALUE.matcher(requireNonNull(value, name + " is null")).matches()) {
            throw new IllegalArgumentException(
                    "The value of %s has characters that no header may have".formatted(name));
        }
        return value;
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

    /** How the request goes: what is not asked, but meant for those who carry it. */
    private record Delivery(
            Map<String, String> headers,
            Duration timeout,
            URI endpoint,
            boolean repeatable,
            long position) {
        static final Delivery DEFAULT = new Delivery(Map.of(), null, null, false, 0);

        Delivery withHeader(String name, String value) {
            Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            more.putAll(headers);
            more.put(checkedName(name), checkedValue(name, value));
            return new Delivery(
                    Collections.unmodifiableMap(more), timeout, endpoint, repeatable, position);
        }
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
