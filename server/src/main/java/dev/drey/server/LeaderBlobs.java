package dev.drey.server;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.blob.TransientBlobService;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;

/** How files are reached that task managers put into a leader's blob server. */
public interface LeaderBlobs {

    /** Those of the process that {@code leader} is in. */
    CompletableFuture<TransientBlobService> of(DispatcherGateway leader);
}
