package dev.drey.server.async;

import dev.drey.model.ApplicationId;
import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names one request to change something, so that it can be repeated. A client chooses it. */
public record IdempotencyKey(String value) {

    /** The header that carries it. */
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern ALLOWED = Pattern.compile("[\\x21-\\x7E]{1,255}");
    private static final int ID_BYTES = 16;

    /**
     * @throws IllegalArgumentException if {@code value} is empty, longer than 255 characters, or
     *     has other characters than visible ones of ASCII
     */
    public IdempotencyKey {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an idempotency key is 1 to 255 visible ASCII characters");
        }
    }

    /**
     * Reads the value of the header, which may stand in quotes.
     *
     * @throws IllegalArgumentException if it is no key
     */
    public static IdempotencyKey valueOf(String header) {
        String value = header.strip();
        boolean quoted = value.length() > 2 && value.startsWith("\"") && value.endsWith("\"");
        return new IdempotencyKey(quoted ? value.substring(1, value.length() - 1) : value);
    }

    /** The same for the same kind of write to the same job, and different for any other. */
    TriggerId id(String kind, Optional<JobId> job) {
        return new TriggerId(digest(kind, job.map(JobId::value).orElse(""), value));
    }

    /**
     * A job of a program that is run under this key.
     *
     * @param number 1 is the first that it submits
     */
    public JobId jobId(int number) {
        return new JobId(digest("job", String.valueOf(number), value));
    }

    /** An application that is run under this key. */
    public ApplicationId applicationId() {
        return new ApplicationId(digest("application", "", value));
    }

    private static String digest(String... parts) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
        for (String part : parts) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), ID_BYTES));
    }
}
