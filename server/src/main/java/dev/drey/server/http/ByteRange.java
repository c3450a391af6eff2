package dev.drey.server.http;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file, never empty.
 *
 * @param first its first byte, counted from zero
 * @param last its last byte
 */
record ByteRange(long first, long last) {

    private static final Pattern SINGLE =
            Pattern.compile("\\s*bytes\\s*=\\s*(\\d*)-(\\d*)\\s*", Pattern.CASE_INSENSITIVE);

    /**
     * The part that is asked for. As HTTP has it, what is no single range of bytes counts for
     * nothing.
     *
     * @param headers the values of {@code Range}
     * @param length of the file
     * @throws ClientErrorException with 416 if the file has none of these bytes
     */
    static Optional<ByteRange> of(List<String> headers, long length) {
        if (headers.size() != 1) {
            return Optional.empty();
        }
        Matcher range = SINGLE.matcher(headers.get(0));
        if (!range.matches() || (range.group(1) + range.group(2)).isEmpty()) {
            return Optional.empty();
        }
        String from = range.group(1);
        long to = range.group(2).isEmpty() ? Long.MAX_VALUE : number(range.group(2));
        long first = from.isEmpty() ? length - Math.min(to, length) : number(from);
        long last = from.isEmpty() ? length - 1 : Math.min(to, length - 1);
        if (!from.isEmpty() && to < first) {
            return Optional.empty();
        }
        if (first >= length) {
            throw unsatisfiable(length);
        }
        return Optional.of(new ByteRange(first, last));
    }

    /** How many bytes it has. */
    long size() {
        return last - first + 1;
    }

    /** As {@code Content-Range} tells it. */
    String within(long length) {
        return "bytes %d-%d/%d".formatted(first, last, length);
    }

    private static ClientErrorException unsatisfiable(long length) {
        return new ClientErrorException(
                "There is no such range: the file has %d bytes".formatted(length),
                Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                        .header("Content-Range", "bytes */" + length)
                        .build());
    }

    /** What has more digits than a long is beyond the end of any file. */
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
