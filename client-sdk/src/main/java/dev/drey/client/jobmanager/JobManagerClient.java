package dev.drey.client.jobmanager;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Request;
import dev.drey.client.transport.Transport;
import dev.drey.model.jobmanager.ConfigurationInfo;
import dev.drey.model.jobmanager.EnvironmentInfo;
import java.util.concurrent.CompletableFuture;

/**
 * The process of the JobManager. {@link Transport} says how the futures fail, what cancelling them
 * does and where their callbacks run.
 */
public final class JobManagerClient {
    private final Transport transport;

    /** Made by the client. */
    public JobManagerClient(Transport transport) {
        this.transport = requireNonNull(transport, "transport is null");
    }

    /** The configuration it was started with; values of sensitive keys are {@code ******}. */
    public CompletableFuture<ConfigurationInfo> configuration() {
        return transport.send(Request.get("/jobmanager/config"), ConfigurationInfo.class);
    }

    /** Its virtual machine and class path. */
    public CompletableFuture<EnvironmentInfo> environment() {
        return transport.send(Request.get("/jobmanager/environment"), EnvironmentInfo.class);
    }
}
