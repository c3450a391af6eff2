package dev.drey.server.modes;

import static java.util.Objects.requireNonNull;

import dev.drey.server.RestServer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.leaderelection.LeaderContender;
import org.apache.flink.runtime.leaderelection.LeaderElection;
import org.apache.flink.runtime.rest.RestService;
import org.apache.flink.runtime.rpc.FatalErrorHandler;
import org.apache.flink.util.concurrent.FutureUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the address of the endpoint to those who look for the cluster's through its HA services.
 */
final class RestLeadership implements RestService, LeaderContender {

    private static final Logger LOG = LoggerFactory.getLogger(RestLeadership.class);

    private final RestServer server;
    private final LeaderElection election;
    private final FatalErrorHandler fatalErrorHandler;

    private RestLeadership(
            RestServer server, LeaderElection election, FatalErrorHandler fatalErrorHandler) {
        this.server = requireNonNull(server, "server is null");
        this.election = requireNonNull(election, "election is null");
        this.fatalErrorHandler = requireNonNull(fatalErrorHandler, "fatalErrorHandler is null");
    }

    /** Lets {@code server} stand for election. */
    static RestLeadership start(
            RestServer server, LeaderElection election, FatalErrorHandler fatalErrorHandler)
            throws Exception {
        RestLeadership leadership = new RestLeadership(server, election, fatalErrorHandler);
        election.startLeaderElection(leadership);
        return leadership;
    }

    @Override
    public void grantLeadership(UUID sessionId) {
        LOG.info("{} is the cluster's endpoint, with session {}", server.baseUri(), sessionId);
        var unused = election.confirmLeadershipAsync(sessionId, server.baseUri().toString());
    }

    @Override
    public void revokeLeadership() {
        LOG.info("{} is the cluster's endpoint no longer", server.baseUri());
    }

    @Override
    public void handleError(Exception failure) {
        fatalErrorHandler.onFatalError(failure);
    }

    @Override
    public int getRestPort() {
        return server.getRestPort();
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        return FutureUtils.composeAfterwards(left(), server::closeAsync);
    }

    private CompletableFuture<Void> left() {
        try {
            election.close();
            return FutureUtils.completedVoidFuture();
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
