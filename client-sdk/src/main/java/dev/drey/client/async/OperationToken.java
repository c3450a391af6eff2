package dev.drey.client.async;

import static java.util.Objects.requireNonNull;

import dev.drey.model.JobId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.OperationKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that any process needs to go on with an operation, at whichever endpoint of the cluster.
 *
 * @param kind what it does
 * @param id what the cluster knows it by
 * @param job the job it works on, if it is one's
 * @param target what else it works on or writes to
 * @param askedAt when it was asked for, by the clock of who did; if that is known
 */
public record OperationToken(
        OperationKind kind,
        TriggerId id,
        Optional<JobId> job,
        Optional<String> target,
        Optional<Instant> askedAt) {
    private static final String VERSION = "drey1";
    private static final String NONE = "-";
    private static final Set<OperationKind> JOBS =
            Set.of(
                    OperationKind.SAVEPOINT,
                    OperationKind.STOP_WITH_SAVEPOINT,
                    OperationKind.CHECKPOINT,
                    OperationKind.RESCALING);
    private static final Pattern TEXT =
            Pattern.compile(
                    VERSION
                            + "\\.([a-z-]+)\\.([0-9a-f]{32})\\.([0-9a-f]{32}|-)"
                            + "\\.([\\w-]+)\\.(\\d{1,15}|-)");

    /**
     * @throws IllegalArgumentException if the kind of operation is a job's and {@code job} is
     *     empty, or the other way round
     */
    public OperationToken {
        requireNonNull(kind, "kind is null");
        requireNonNull(id, "id is null");
        requireNonNull(job, "job is null");
        requireNonNull(target, "target is null");
        requireNonNull(askedAt, "askedAt is null");
        if (job.isPresent() != JOBS.contains(kind)) {
            throw new IllegalArgumentException(
                    kind + (job.isPresent() ? " is no job's" : " is a job's, and none is named"));
        }
    }

    /**
     * Of an operation on a job.
     *
     * @param target {@code null} without one
     */
    public static OperationToken ofJob(OperationKind kind, TriggerId id, JobId job, String target) {
        return new OperationToken(
                kind, id, Optional.of(job), Optional.ofNullable(target), Optional.empty());
    }

    /**
     * Of an operation that is no job's.
     *
     * @param target {@code null} without one
     */
    public static OperationToken of(OperationKind kind, TriggerId id, String target) {
        return new OperationToken(
                kind, id, Optional.empty(), Optional.ofNullable(target), Optional.empty());
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    public static OperationToken parse(String text) {
        Matcher parts = TEXT.matcher(requireNonNull(text, "text is null"));
        if (parts.matches()) {
            try {
                return new OperationToken(
                        OperationKind.valueOf(
                                parts.group(1).toUpperCase(Locale.ROOT).replace('-', '_')),
                        new TriggerId(parts.group(2)),
                        optional(parts.group(3)).map(JobId::new),
                        optional(parts.group(4)).map(OperationToken::decoded),
                        optional(parts.group(5)).map(Long::valueOf).map(Instant::ofEpochMilli));
            } catch (IllegalArgumentException e) {
                throw malformed(text, e);
            }
        }
        throw malformed(text, null);
    }

    private static IllegalArgumentException malformed(String text, Throwable cause) {
        return new IllegalArgumentException(
                "'%s' is no token of an operation: expected what OperationFuture.token() gave"
                        .formatted(text),
                cause);
    }

    /** Of characters that need no quotes and no escapes, in a URL either. */
    public String text() {
        return String.join(
                ".",
                VERSION,
                kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                id.value(),
                job.map(JobId::value).orElse(NONE),
                // The prefix tells an empty target, and one that reads as none, from none.
                target.map(OperationToken::encoded).orElse(NONE),
                askedAt.map(Instant::toEpochMilli).map(String::valueOf).orElse(NONE));
    }

    /**
     * This token.
     *
     * @throws IllegalArgumentException if it is of none of {@code kinds}
     */
    public OperationToken requireKind(OperationKind... kinds) {
        if (!List.of(kinds).contains(kind)) {
            throw new IllegalArgumentException(
                    "Token %s is of %s: expected %s"
                            .formatted(text(), kind, Arrays.toString(kinds)));
        }
        return this;
    }

    OperationToken withId(TriggerId known) {
        return new OperationToken(kind, known, job, target, askedAt);
    }

    OperationToken askedAt(Instant instant) {
        return new OperationToken(kind, id, job, target, Optional.of(instant));
    }

    /** In words. */
    String description() {
        StringBuilder words =
                new StringBuilder(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        job.ifPresent(of -> words.append(" of job ").append(of));
        target.ifPresent(to -> words.append(" (").append(to).append(')'));
        return words.toString();
    }

    /** How long ago it was asked for; nothing if the clock was set back meanwhile. */
    Optional<Duration> age(Instant now) {
        return askedAt.map(asked -> Duration.between(asked, now))
                .map(age -> age.isNegative() ? Duration.ZERO : age);
    }

    private static Optional<String> optional(String part) {
        return part.equals(NONE) ? Optional.empty() : Optional.of(part);
    }

    private static String encoded(String target) {
        return "t"
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(target.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String part) {
        if (!part.startsWith("t")) {
            throw new IllegalArgumentException(part);
        }
        return new String(Base64.getUrlDecoder().decode(part.substring(1)), StandardCharsets.UTF_8);
    }

    /** The {@link #text()}. */
    @Override
    public String toString() {
        return text();
    }
}
