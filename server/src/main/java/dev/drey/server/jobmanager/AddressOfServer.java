package dev.drey.server.jobmanager;

import dev.drey.server.ClusterGateways;
import dev.drey.server.ServerAddress;
import dev.drey.server.Source;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Where this server is reached. */
record AddressOfServer(ServerAddress address) implements Source.Local<URI> {

    @Override
    public CompletableFuture<URI> fetch(ClusterGateways gateways, Duration timeout) {
        return CompletableFuture.completedFuture(address.baseUri());
    }

    @Override
    public String description() {
        return "the address of this server";
    }
}
