package dev.drey.server;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** The options that only Drey has. All others are Flink's own. */
public final class DreyOptions {

    /** How long a read waits for the cluster; Flink's {@code web.timeout} is for writes. */
    public static final ConfigOption<Duration> READ_TIMEOUT =
            ConfigOptions.key("drey.read.timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How long a read waits for the cluster before it is answered 504.");

    /** How many answers of the cluster are kept. */
    public static final ConfigOption<Integer> CACHE_MAX_ENTRIES =
            ConfigOptions.key("drey.cache.max-entries")
                    .intType()
                    .defaultValue(1000)
                    .withDescription(
                            "How many execution graphs and checkpoint statistics are kept at most.");

    /** How much memory the kept answers of the cluster take. */
    public static final ConfigOption<MemorySize> CACHE_MAX_SIZE =
            ConfigOptions.key("drey.cache.max-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "About how much memory the kept execution graphs and checkpoint statistics"
                                    + " take at most, and as much again the checkpoints that were"
                                    + " looked at.");

    /** The largest upload: a jar, or a job with all its files. */
    public static final ConfigOption<MemorySize> JARS_MAX_UPLOAD_SIZE =
            ConfigOptions.key("drey.jars.max-upload-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(512))
                    .withDescription(
                            "The largest jar that can be uploaded, and the most that a submitted job"
                                    + " may bring in all its files; beyond it, 413.");

    /** How many uploads are received at once. */
    public static final ConfigOption<Integer> JARS_MAX_CONCURRENT_UPLOADS =
            ConfigOptions.key("drey.jars.max-concurrent-uploads")
                    .intType()
                    .defaultValue(64)
                    .withDescription("How many uploads are received at once; beyond it, 503.");

    /** How many main methods run at once. */
    public static final ConfigOption<Integer> JARS_MAX_CONCURRENT_RUNS =
            ConfigOptions.key("drey.jars.max-concurrent-runs")
                    .intType()
                    .defaultValue(8)
                    .withDescription(
                            "How many main methods of uploaded jars run at once; beyond it, 503.");

    /** How many writes are remembered. */
    public static final ConfigOption<Integer> OPERATIONS_MAX_ENTRIES =
            ConfigOptions.key("drey.operations.max-entries")
                    .intType()
                    .defaultValue(10_000)
                    .withDescription(
                            "How many operations and writes under an Idempotency-Key are under way"
                                    + " or remembered at once; beyond it, 503.");

    /** How many answers are held back. */
    public static final ConfigOption<Duration> RESCALING_PATIENCE =
            ConfigOptions.key("drey.rescaling.patience")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "How long a rescaling may take beyond the delays of the job's scheduler, for its restart.");

    public static final ConfigOption<Integer> WAIT_MAX =
            ConfigOptions.key("drey.wait.max")
                    .intType()
                    .defaultValue(256)
                    .withDescription(
                            "How many requests that prefer to wait are held at once; beyond it, they"
                                    + " are answered at once.");

    /** How many streams of events are open at once. */
    public static final ConfigOption<Integer> EVENTS_MAX_STREAMS =
            ConfigOptions.key("drey.events.max-streams")
                    .intType()
                    .defaultValue(256)
                    .withDescription(
                            "How many streams of jobs' events are open at once; beyond it, 503.");

    /** How many events of a job are kept. */
    public static final ConfigOption<Integer> EVENTS_MAX_ENTRIES =
            ConfigOptions.key("drey.events.max-entries")
                    .intType()
                    .defaultValue(1000)
                    .withDescription(
                            "How many events of a job are kept for clients that come back.");

    public static final ConfigOption<Duration> EVENTS_RETENTION =
            ConfigOptions.key("drey.events.retention")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "For how long after the last client left a job is looked at, and the events of one that has ended are kept.");
    public static final ConfigOption<Duration> EVENTS_HEARTBEAT_INTERVAL =
            ConfigOptions.key("drey.events.heartbeat-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(15))
                    .withDescription(
                            "How often a stream of events says that it lives; less than a proxy takes it for dead.");

    /** Where the cluster's own REST endpoint is, for {@code attach}. */
    public static final ConfigOption<String> ATTACH_REST_URL =
            ConfigOptions.key("drey.attach.rest-url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where attach asks the cluster's own REST endpoint for what only the"
                                    + " JobManager's process knows, as http(s)://host:port. Unset: where"
                                    + " the HA services say it is, or rest.address and rest.port.");

    /** Whether every request is a line in the access log. */
    public static final ConfigOption<Boolean> ACCESS_LOG =
            ConfigOptions.key("drey.access-log.enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether every request is written to the logger dev.drey.access, which"
                                    + " has a file of its own.");

    private DreyOptions() {}
}
