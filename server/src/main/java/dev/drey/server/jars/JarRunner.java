package dev.drey.server.jars;

import static java.util.Objects.requireNonNull;

import dev.drey.model.ApplicationId;
import dev.drey.model.jars.JarPlanRequestBody;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jars.JarRunResponseBody;
import dev.drey.model.jobs.JobPlanInfo;
import dev.drey.server.ClusterGateways;
import dev.drey.server.DreyOptions;
import dev.drey.server.Ids;
import dev.drey.server.async.IdempotencyKey;
import dev.drey.server.error.Failures;
import dev.drey.server.jobs.JobPlanConverter;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ServerErrorException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.ProgramInvocationException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.client.DuplicateApplicationSubmissionException;
import org.apache.flink.runtime.client.DuplicateJobSubmissionException;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.jobgraph.jsonplan.JsonPlanGenerator;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.concurrent.FutureUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs main methods of uploaded jars, each in a thread of its own that ends with it: what user code
 * leaves in a thread must not keep its classes alive.
 */
public final class JarRunner {

    private static final Logger LOG = LoggerFactory.getLogger(JarRunner.class);

    private static final long RETRY_AFTER_SECONDS = 5;

    private final ClusterGateways gateways;
    private final Configuration configuration;
    private final Duration timeout;
    private final Semaphore permits;

    @Inject
    public JarRunner(ClusterGateways gateways, Configuration configuration) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.configuration = requireNonNull(configuration, "configuration is null");
        this.timeout = configuration.get(WebOptions.TIMEOUT);
        this.permits = new Semaphore(configuration.get(DreyOptions.JARS_MAX_CONCURRENT_RUNS));
    }

    /**
     * Runs a program until its main method ends, and answers the first job that it submitted. If
     * the cluster knows the first job of {@code key}, the program has run, here or elsewhere.
     */
    CompletionStage<JarRunResponseBody> run(
            Path jar, JarRunRequestBody request, Optional<IdempotencyKey> key) {
        Optional<IdempotencyKey> naming = key.filter(given -> request.jobId() == null);
        return gateways.dispatcher()
                .thenCompose(dispatcher -> isKnown(dispatcher, naming.map(JarRunner::first)))
                .thenCompose(
                        known ->
                                known
                                        ? CompletableFuture.completedFuture(
                                                answer(naming.map(JarRunner::first).orElseThrow()))
                                        : inThreadOfItsOwn(
                                                jar,
                                                () -> main(jar, request, naming),
                                                "it was interrupted, and may still submit a job"));
    }

    private CompletableFuture<Boolean> isKnown(DispatcherGateway dispatcher, Optional<JobID> job) {
        return job.isEmpty()
                ? CompletableFuture.completedFuture(false)
                : dispatcher
                        .requestJobStatus(job.get(), timeout)
                        .thenApply(status -> true)
                        .exceptionallyCompose(
                                failure ->
                                        Failures.strip(failure) instanceof FlinkJobNotFoundException
                                                ? CompletableFuture.completedFuture(false)
                                                : CompletableFuture.failedFuture(failure));
    }

    private static JobID first(IdempotencyKey key) {
        return Ids.toFlink(key.jobId(1));
    }

    /** Runs a program until its main method has a job to submit, and answers the plan of that. */
    CompletionStage<JobPlanInfo> plan(Path jar, JarPlanRequestBody request) {
        return inThreadOfItsOwn(jar, () -> planned(jar, request), "it was interrupted");
    }

    /**
     * @param inTheEnd what becomes of a program that takes too long
     */
    private <R> CompletionStage<R> inThreadOfItsOwn(
            Path jar, Supplier<R> program, String inTheEnd) {
        return gateways.dispatcher()
                .thenCompose(dispatcher -> inThreadOfItsOwn(jar, program))
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(explained(failure, inTheEnd)));
    }

    private <R> CompletableFuture<R> inThreadOfItsOwn(Path jar, Supplier<R> program) {
        if (!permits.tryAcquire()) {
            throw new ServiceUnavailableException(
                    "As many main methods as %s allows are running: ask again when one has ended"
                            .formatted(DreyOptions.JARS_MAX_CONCURRENT_RUNS.key()),
                    RETRY_AFTER_SECONDS);
        }
        CompletableFuture<R> answer = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            CompletableFuture<R> outcome;
                            try {
                                outcome = CompletableFuture.completedFuture(program.get());
                            } catch (Throwable failure) {
                                outcome = CompletableFuture.failedFuture(failure);
                            }
                            // Before the answer: who has it may run the next program at once.
                            permits.release();
                            FutureUtils.forward(outcome, answer);
                        },
                        "drey-run-" + jar.getFileName());
        thread.setDaemon(true);
        thread.start();
        return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answered, failure) -> thread.interrupt());
    }

    private JarRunResponseBody main(
            Path jar, JarRunRequestBody request, Optional<IdempotencyKey> key) {
        ProgramJobs jobs =
                new ProgramJobs(() -> gateways.dispatcher().join(), gateways.messageLimit(), key);
        try {
            JarProgram program = JarProgram.of(jar, request, configuration);
            try (PackagedProgram packaged = program.load()) {
                ClientUtils.executeProgram(
                        jobs, program.configuration(packaged), packaged, false, true);
            }
        } catch (Throwable e) {
            if (key.isPresent() && jobs.submitted().isEmpty() && isDuplicate(e)) {
                return answer(first(key.get()));
            }
            throw failed(
                    e,
                    jobs.submitted().isEmpty()
                            ? ""
                            : ", after it had submitted job " + jobs.submitted());
        }
        if (jobs.submitted().isEmpty()) {
            throw new BadRequestException(
                    "The program ended without submitting a job: its main method must call execute");
        }
        LOG.info("{} submitted {}", jar.getFileName(), jobs.submitted());
        return answer(jobs.submitted().get(0));
    }

    private static JarRunResponseBody answer(JobID job) {
        return new JarRunResponseBody(Ids.of(job), new ApplicationId(job.toHexString()));
    }

    /** Somebody else has run it at the same time. */
    private static boolean isDuplicate(Throwable failure) {
        return ExceptionUtils.findThrowable(failure, DuplicateApplicationSubmissionException.class)
                        .isPresent()
                || ExceptionUtils.findThrowable(failure, DuplicateJobSubmissionException.class)
                        .isPresent();
    }

    private JobPlanInfo planned(Path jar, JarPlanRequestBody request) {
        JarProgram program = JarProgram.of(jar, request, configuration);
        try (PackagedProgram packaged = program.load()) {
            return JobPlanConverter.planInfo(
                    JsonPlanGenerator.generatePlan(program.jobGraph(packaged)));
        } catch (ProgramInvocationException e) {
            throw e.getCause() == null
                    ? new BadRequestException(
                            "The program ended without a job: its main method must call execute", e)
                    : failed(e, "");
        } catch (Throwable e) {
            throw failed(e, "");
        }
    }

    /**
     * Whatever user code throws, an {@link Error} too, is the program's failure and not the
     * server's; that a leader went while a job was on its way to it is neither's.
     */
    private static WebApplicationException failed(Throwable failure, String when) {
        return ExceptionUtils.findThrowable(failure, WebApplicationException.class)
                .or(() -> lostLeader(failure, when))
                .orElseGet(
                        () ->
                                new BadRequestException(
                                        "The program failed%s: %s"
                                                .formatted(
                                                        when,
                                                        Failures.told(Failures.root(failure))),
                                        failure));
    }

    private static Optional<WebApplicationException> lostLeader(Throwable failure, String when) {
        return ExceptionUtils.findThrowable(failure, ProgramJobs.LostLeaderException.class)
                .map(
                        lost ->
                                new ServerErrorException(
                                        "The cluster's leader went while the program submitted a job%s: look for the job before you ask again"
                                                .formatted(when),
                                        Response.Status.GATEWAY_TIMEOUT,
                                        failure));
    }

    private Throwable explained(Throwable failure, String inTheEnd) {
        Throwable cause = Failures.strip(failure);
        return cause instanceof TimeoutException
                ? new ServerErrorException(
                        "The program's main method did not end within %d ms (%s); %s"
                                .formatted(timeout.toMillis(), WebOptions.TIMEOUT.key(), inTheEnd),
                        Response.Status.GATEWAY_TIMEOUT,
                        cause)
                : new CompletionException(cause);
    }
}
