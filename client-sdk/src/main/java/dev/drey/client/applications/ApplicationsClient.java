package dev.drey.client.applications;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.ApplicationId;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.applications.ApplicationDetailsInfo;
import dev.drey.model.applications.ApplicationExceptionsInfoWithHistory;
import dev.drey.model.applications.MultipleApplicationsDetails;
import java.util.concurrent.CompletableFuture;

/**
 * Applications: what one program submitted (Flink 2.3 and later). {@link Transport} says how the
 * futures fail, what cancelling them does and where their callbacks run.
 */
public final class ApplicationsClient {
    private final Transport transport;

    /** Made by the client. */
    public ApplicationsClient(Transport transport) {
        this.transport = requireNonNull(transport, "transport is null");
    }

    /** All applications the cluster runs or remembers, summarized. */
    public CompletableFuture<MultipleApplicationsDetails> overview() {
        return transport.send(
                Request.get("/applications/overview"), MultipleApplicationsDetails.class);
    }

    /** The application and its jobs. Of an unknown application, stock Flink answers 500. */
    public CompletableFuture<ApplicationDetailsInfo> details(ApplicationId application) {
        return transport.send(
                Request.get("/applications/:applicationid", application.value()),
                ApplicationDetailsInfo.class);
    }

    /** What failed in the application. Of an unknown application, stock Flink answers 500. */
    public CompletableFuture<ApplicationExceptionsInfoWithHistory> exceptions(
            ApplicationId application) {
        return transport.send(
                Request.get("/applications/:applicationid/exceptions", application.value()),
                ApplicationExceptionsInfoWithHistory.class);
    }

    /**
     * Cancels the application with all its jobs. The future completes when the cluster has taken
     * the cancellation on. An unknown application is 404, and one that has ended otherwise 409.
     */
    public CompletableFuture<EmptyResponseBody> cancel(ApplicationId application) {
        return transport.send(
                Request.post("/applications/:applicationid/cancel", application.value())
                        .repeatable(),
                EmptyResponseBody.class);
    }
}
