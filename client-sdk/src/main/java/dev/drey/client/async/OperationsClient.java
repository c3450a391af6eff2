package dev.drey.client.async;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.TriggerId;
import dev.drey.model.async.OperationDetails;
import dev.drey.model.async.OperationsInfo;
import java.util.concurrent.CompletableFuture;

/**
 * What was triggered through the endpoint, whoever did. Stock Flink does not tell that: there, all
 * are 404. {@link Transport} says how the futures fail, what cancelling them does and where their
 * callbacks run.
 */
public final class OperationsClient {
    private final Transport transport;

    /** Made by the client. */
    public OperationsClient(Transport transport) {
        this.transport = requireNonNull(transport, "transport is null");
    }

    /**
     * The operations that are under way or ended lately, the latest first. An endpoint forgets an
     * operation some time after its end, and all of them with its process.
     */
    public CompletableFuture<OperationsInfo> list() {
        return transport.send(Request.get("/operations"), OperationsInfo.class);
    }

    /** One operation. Unknown: 404. */
    public CompletableFuture<OperationDetails> details(TriggerId triggerId) {
        return transport.send(
                Request.get("/operations/:triggerid", triggerId.value()), OperationDetails.class);
    }
}
