package dev.drey.server.rescaling;

import dev.drey.server.error.Failures;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.rest.handler.RestHandlerException;

/** What the vertices of one job are to require from now on. */
record RequirementsUpdate(JobID jobId, JobResourceRequirements requirements) {

    CompletableFuture<Acknowledge> send(DispatcherGateway dispatcher) {
        return dispatcher
                .updateJobResourceRequirements(jobId, requirements)
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(explained(Failures.strip(failure))));
    }

    private Throwable explained(Throwable failure) {
        if (failure instanceof FlinkJobNotFoundException) {
            return RequirementsOfJob.notRunning(jobId, failure);
        }
        if (failure instanceof UnsupportedOperationException) {
            return conflict(
                    "The resource requirements of job %s cannot be changed: %s"
                            .formatted(jobId, Failures.line(failure)),
                    failure);
        }
        if (failure instanceof RestHandlerException refusal
                && refusal.getHttpResponseStatus().code() == Status.CONFLICT.getStatusCode()) {
            return conflict(
                    "Another change of the resource requirements of job %s is under way: ask again"
                            .formatted(jobId),
                    failure);
        }
        return failure;
    }

    private static ClientErrorException conflict(String line, Throwable cause) {
        return new ClientErrorException(line, Status.CONFLICT, cause);
    }
}
