package dev.drey.server.jars;

import static java.util.Objects.requireNonNull;

import dev.drey.model.ApplicationId;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jars.JarRunResponseBody;
import dev.drey.server.ClusterGateways;
import dev.drey.server.DreyOptions;
import dev.drey.server.Ids;
import dev.drey.server.error.Failures;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ServerErrorException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.deployment.application.executors.WebSubmissionExecutorServiceLoader;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
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

    /** Runs a program until its main method ends, and answers the first job that it submitted. */
    CompletionStage<JarRunResponseBody> run(Path jar, JarRunRequestBody request) {
        return gateways.dispatcher()
                .thenCompose(dispatcher -> inThreadOfItsOwn(dispatcher, jar, request))
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(explained(failure)));
    }

    private CompletableFuture<JarRunResponseBody> inThreadOfItsOwn(
            DispatcherGateway dispatcher, Path jar, JarRunRequestBody request) {
        if (!permits.tryAcquire()) {
            throw new ServiceUnavailableException(
                    "As many main methods as %s allows are running: ask again when one has ended"
                            .formatted(DreyOptions.JARS_MAX_CONCURRENT_RUNS.key()),
                    RETRY_AFTER_SECONDS);
        }
        CompletableFuture<JarRunResponseBody> answer = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            CompletableFuture<JarRunResponseBody> outcome;
                            try {
                                outcome =
                                        CompletableFuture.completedFuture(
                                                run(dispatcher, jar, request));
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

    private JarRunResponseBody run(
            DispatcherGateway dispatcher, Path jar, JarRunRequestBody request) {
        List<JobID> jobs = new CopyOnWriteArrayList<>();
        try {
            JarProgram program = JarProgram.of(jar, request, configuration);
            try (PackagedProgram packaged = program.load()) {
                ClientUtils.executeProgram(
                        new WebSubmissionExecutorServiceLoader(jobs, dispatcher),
                        program.configuration(packaged),
                        packaged,
                        false,
                        true);
            }
        } catch (WebApplicationException e) {
            throw e;
        } catch (Throwable e) {
            // Whatever user code throws, an Error too, is the program's failure and not the
            // server's.
            throw new BadRequestException(
                    "The program failed%s: %s"
                            .formatted(
                                    jobs.isEmpty() ? "" : ", after it had submitted job " + jobs,
                                    Failures.told(Failures.root(e))),
                    e);
        }
        if (jobs.isEmpty()) {
            throw new BadRequestException(
                    "The program ended without submitting a job: its main method must call execute");
        }
        LOG.info("{} submitted {}", jar.getFileName(), jobs);
        JobID first = jobs.get(0);
        return new JarRunResponseBody(Ids.of(first), new ApplicationId(first.toHexString()));
    }

    private Throwable explained(Throwable failure) {
        Throwable cause = Failures.strip(failure);
        return cause instanceof TimeoutException
                ? new ServerErrorException(
                        "The program's main method did not end within %d ms (%s); it was interrupted, and may still"
                                        .formatted(timeout.toMillis(), WebOptions.TIMEOUT.key())
                                + " submit a job",
                        Response.Status.GATEWAY_TIMEOUT,
                        cause)
                : new CompletionException(cause);
    }
}
