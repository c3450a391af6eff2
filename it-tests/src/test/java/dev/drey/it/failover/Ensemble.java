package dev.drey.it.failover;

import static dev.drey.it.cluster.Await.answer;
import static java.util.Objects.requireNonNull;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.transport.RetrySettings;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.DreyProcess;
import dev.drey.it.cluster.HighAvailability;
import dev.drey.model.JobId;
import dev.drey.model.jobs.JobStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * ZooKeeper, two JobManagers at addresses of their own and two task managers. Whatever dies is
 * started again where it was.
 */
final class Ensemble implements AutoCloseable {

    static final List<String> TASK_MANAGERS = List.of("taskmanager-1", "taskmanager-2");

    private static final int SLOTS = 8;

    /** Of JobManagers that start beside each other. */
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private static final Pattern LEADERSHIP =
            Pattern.compile(
                    "^(\\S+ \\S+) INFO .*DefaultDispatcherRunner was (granted|revoked)",
                    Pattern.MULTILINE);
    private static final DateTimeFormatter LOGGED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");

    private final HighAvailability cluster;
    private final Seat first = new Seat("first", HighAvailability.freePort());
    private final Seat second = new Seat("second", HighAvailability.freePort());

    private Ensemble(HighAvailability cluster) throws Exception {
        this.cluster = cluster;
    }

    /** Starts everything, and waits for nothing. */
    static Ensemble start(String name) throws Exception {
        Ensemble ensemble =
                new Ensemble(
                        HighAvailability.configure(
                                name,
                                "heartbeat.interval: 1s",
                                "heartbeat.timeout: 10s",
                                "restart-strategy.type: fixed-delay",
                                "restart-strategy.fixed-delay.attempts: 1000",
                                "restart-strategy.fixed-delay.delay: 100ms"));
        try {
            ensemble.cluster.startZooKeeper();
            ensemble.seats().forEach(Seat::start);
            TASK_MANAGERS.forEach(ensemble.cluster::startTaskManager);
            return ensemble;
        } catch (Exception | AssertionError e) {
            ensemble.close();
            throw e;
        }
    }

    /** A place for a JobManager: one runs there, died there or is frozen there. */
    final class Seat {
        private final String name;
        private final int port;
        private final FlinkMonitoringClient flink;
        private int starts;
        private DreyProcess process;

        private Seat(String name, int port) {
            this.name = name;
            this.port = port;
            // What one endpoint answers is to be seen, and not what comes of asking again.
            this.flink =
                    FlinkMonitoringClient.builder()
                            .endpoint(uri().toString())
                            .retries(RetrySettings.NONE)
                            .build();
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + port);
        }

        /** The SDK, with this endpoint; it stays what it is whatever happens here. */
        FlinkMonitoringClient flink() {
            return flink;
        }

        DreyProcess process() {
            return requireNonNull(process, "nothing was started yet");
        }

        void start() {
            starts++;
            process = cluster.jobManager(name + "-" + starts, "-D", "rest.bind-port=" + port);
        }

        /** SIGKILL. */
        void kill() {
            process.close();
        }

        boolean leads() {
            return leadership().filter(Leadership::isHeld).isPresent();
        }

        /** Since when it has led, or has not led any more. */
        Instant leadershipSince() {
            return leadership().orElseThrow().since();
        }

        private Optional<Leadership> leadership() {
            return LEADERSHIP
                    .matcher(process.log())
                    .results()
                    .reduce((before, last) -> last)
                    .map(
                            last ->
                                    new Leadership(
                                            last.group(2).equals("granted"),
                                            LocalDateTime.parse(last.group(1), LOGGED)
                                                    .atZone(ZoneId.systemDefault())
                                                    .toInstant()));
        }

        private boolean isWhole() {
            process.requireAlive();
            return unlessNobodyLeads(flink.cluster().overview())
                    .filter(overview -> overview.slotsTotal() == SLOTS)
                    .isPresent();
        }

        @Override
        public String toString() {
            return "%s (%s)".formatted(name, uri());
        }
    }

    private record Leadership(boolean isHeld, Instant since) {}

    List<Seat> seats() {
        return List.of(first, second);
    }

    /** Who leads, as soon as somebody does; nobody that is dead or frozen may be asked about. */
    Seat leader(Seat... among) throws Exception {
        List<Seat> candidates = among.length == 0 ? seats() : List.of(among);
        return Await.until(
                "one of %s leads".formatted(candidates),
                () -> {
                    candidates.forEach(seat -> seat.process.requireAlive());
                    return candidates.stream().filter(Seat::leads).findFirst();
                });
    }

    Seat other(Seat seat) {
        return seat == first ? second : first;
    }

    HighAvailability cluster() {
        return cluster;
    }

    /** Starts what a case that failed has left dead, and lets go on what it left frozen. */
    void mend() throws Exception {
        cluster.mend();
        for (Seat seat : seats()) {
            if (seat.process.isAlive()) {
                seat.process.thaw();
            } else {
                seat.start();
            }
        }
    }

    /** Waits until a leader says through this JobManager that the job runs. */
    void awaitRunning(Seat seat, JobId job) throws Exception {
        Await.untilTrue(
                "%s says that job %s runs".formatted(seat, job),
                LONGEST_START,
                () -> {
                    seat.process.requireAlive();
                    return unlessNobodyLeads(seat.flink.jobs().status(job))
                            .filter(answer -> answer.status() == JobStatus.RUNNING)
                            .isPresent();
                });
        Await.job(seat.flink, job).isRunning();
    }

    /** An answer; empty if it is that there is no leader. */
    private static <T> Optional<T> unlessNobodyLeads(CompletableFuture<T> answer) {
        return answer(
                answer.thenApply(Optional::of)
                        .exceptionallyCompose(
                                failure ->
                                        isOfNoLeader(failure)
                                                ? CompletableFuture.completedFuture(
                                                        Optional.empty())
                                                : CompletableFuture.failedFuture(failure)));
    }

    private static boolean isOfNoLeader(Throwable failure) {
        return failure.getCause() instanceof FlinkRestException told
                && (told.status() == 503 || told.status() == 504);
    }

    /** Waits until both JobManagers answer and see all slots. */
    void awaitWhole() throws Exception {
        for (Seat seat : seats()) {
            seat.process.awaitReady();
            Await.untilTrue(
                    "%s sees all %d slots".formatted(seat, SLOTS),
                    LONGEST_START,
                    () -> {
                        cluster.requireAlive();
                        return seat.isWhole();
                    });
        }
    }

    @Override
    public void close() {
        for (Seat seat : seats()) {
            seat.flink.close();
            if (seat.process != null) {
                seat.process.close();
            }
        }
        cluster.close();
    }
}
