package dev.drey.server.datasets;

import dev.drey.server.Source;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.io.network.partition.DataSetMetaInfo;
import org.apache.flink.runtime.jobgraph.IntermediateDataSetID;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;

/** The data sets that the cluster keeps. */
record AllDataSets()
        implements Source.OfResourceManager<Map<IntermediateDataSetID, DataSetMetaInfo>> {

    @Override
    public CompletableFuture<Map<IntermediateDataSetID, DataSetMetaInfo>> ask(
            ResourceManagerGateway resourceManager, Duration timeout) {
        return resourceManager.listDataSets();
    }

    @Override
    public String description() {
        return "the list of data sets";
    }
}
