package dev.drey.server.modes;

import static java.util.Objects.requireNonNull;

import dev.drey.model.jobmanager.EnvironmentInfo;
import dev.drey.server.error.Failures;
import dev.drey.server.jobmanager.JobManagerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which Flink the cluster runs, as far as it can be told: no gateway tells it, but the names of the
 * jars in the JobManager's class path do. Between two versions, messages need not mean the same.
 */
final class ClusterVersion {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterVersion.class);

    private static final Pattern JAR =
            Pattern.compile(
                    "(?:^|.*[/\\\\])flink-(?:dist|runtime)(?:_[\\d.]+)?-(\\d[^/\\\\]*)\\.jar");

    private final JobManagerProcess jobManager;
    private final String own;
    private final Duration patience;
    private final AtomicReference<Reading> reading = new AtomicReference<>(new Reading(null));

    /**
     * @param own the version that this process speaks
     * @param patience how long the JobManager is waited for
     */
    ClusterVersion(JobManagerProcess jobManager, String own, Duration patience) {
        this.jobManager = requireNonNull(jobManager, "jobManager is null");
        this.own = requireNonNull(own, "own is null");
        this.patience = requireNonNull(patience, "patience is null");
    }

    /** Reads the version of a JobManager that may be another than before. Never fails. */
    CompletableFuture<?> read() {
        return ask(new Reading(null))
                .thenAccept(
                        reason ->
                                reason.ifPresent(
                                        unknown ->
                                                LOG.warn(
                                                        "It cannot be told whether the cluster runs Flink {} too, and it is"
                                                                + " served as if it did: {}",
                                                        own,
                                                        unknown)));
    }

    /** Reads the version again while it is unknown or another: either may be out of date. */
    void readUnlessOwn() {
        Reading last = reading.get();
        if (!isOwn(last.version)) {
            var unused = ask(new Reading(last.version));
        }
    }

    /** Why the cluster is not served; empty if it is. */
    Optional<String> refusal() {
        String version = reading.get().version;
        return version == null || isOwn(version)
                ? Optional.empty()
                : Optional.of(
                        "The cluster runs Flink %s, and this Drey speaks for Flink %s: run the Drey that was built for %s"
                                .formatted(version, own, version));
    }

    /** Why it remains unknown; empty if it does not. */
    private CompletableFuture<Optional<String>> ask(Reading started) {
        reading.set(started);
        return jobManager
                .environment()
                .copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle(
                        (environment, failure) ->
                                failure == null
                                        ? learn(started, environment)
                                        : Optional.of(Failures.told(Failures.strip(failure))));
    }

    private Optional<String> learn(Reading started, EnvironmentInfo environment) {
        Optional<String> version = versionOf(environment);
        version.ifPresent(
                told -> {
                    // What an earlier question brings may be of an earlier JobManager.
                    if (reading.compareAndSet(started, new Reading(told))
                            && !told.equals(started.version)) {
                        refusal()
                                .ifPresentOrElse(
                                        LOG::error, () -> LOG.info("It runs Flink {}", told));
                    }
                });
        return version.isPresent()
                ? Optional.empty()
                : Optional.of("no jar in its class path is named flink-dist or flink-runtime");
    }

    private boolean isOwn(String version) {
        return version != null && numbers(version).equals(numbers(own));
    }

    /** {@code 2.3.0} of {@code 2.3.0-vendor-1}: whoever builds Flink adds to its version. */
    private static String numbers(String version) {
        return version.replaceFirst("-.*", "");
    }

    static Optional<String> versionOf(EnvironmentInfo environment) {
        return Objects.requireNonNullElse(environment.classPath(), List.<String>of()).stream()
                .map(JAR::matcher)
                .filter(Matcher::matches)
                .map(jar -> jar.group(1))
                .findFirst();
    }

    /** A question for the version, and what was known before its answer. Compared by identity. */
    private static final class Reading {

        private final String version;

        Reading(String version) {
            this.version = version;
        }
    }
}
