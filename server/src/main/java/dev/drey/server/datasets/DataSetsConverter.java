package dev.drey.server.datasets;

import dev.drey.model.datasets.ClusterDataSetEntry;
import dev.drey.model.datasets.ClusterDataSetListResponseBody;
import dev.drey.server.Ids;
import java.util.Map;
import org.apache.flink.runtime.io.network.partition.DataSetMetaInfo;
import org.apache.flink.runtime.jobgraph.IntermediateDataSetID;

final class DataSetsConverter {

    static ClusterDataSetListResponseBody list(
            Map<IntermediateDataSetID, DataSetMetaInfo> dataSets) {
        return new ClusterDataSetListResponseBody(
                dataSets.entrySet().stream()
                        .map(
                                dataSet ->
                                        new ClusterDataSetEntry(
                                                Ids.of(dataSet.getKey()),
                                                isComplete(dataSet.getValue())))
                        .toList());
    }

    private static boolean isComplete(DataSetMetaInfo dataSet) {
        return dataSet.getNumRegisteredPartitions().orElse(0) == dataSet.getNumTotalPartitions();
    }

    private DataSetsConverter() {}
}
