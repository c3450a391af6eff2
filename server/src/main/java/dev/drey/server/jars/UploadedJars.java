package dev.drey.server.jars;

import dev.drey.model.jars.JarListInfo.JarFileInfo;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Source;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The jars in a store, which are read from disk. */
record UploadedJars(JarStore store, Executor files) implements Source.Local<List<JarFileInfo>> {

    @Override
    public CompletableFuture<List<JarFileInfo>> fetch(ClusterGateways gateways, Duration timeout) {
        return CompletableFuture.supplyAsync(store::list, files);
    }

    @Override
    public String description() {
        return "the list of jars";
    }
}
