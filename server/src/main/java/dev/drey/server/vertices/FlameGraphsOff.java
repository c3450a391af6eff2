package dev.drey.server.vertices;

import dev.drey.model.vertices.VertexFlameGraph;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** No samples are taken, of whatever vertex. */
record FlameGraphsOff() implements Source.Local<VertexFlameGraph> {

    @Override
    public CompletableFuture<VertexFlameGraph> fetch(ClusterGateways gateways, Duration timeout) {
        return CompletableFuture.completedFuture(
                new VertexFlameGraph(VertexFlameGraph.DISABLED, null));
    }

    @Override
    public String description() {
        return "the flame graph";
    }
}
