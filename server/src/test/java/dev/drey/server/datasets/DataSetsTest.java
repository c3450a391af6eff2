package dev.drey.server.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import dev.drey.server.TestServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.io.network.partition.DataSetMetaInfo;
import org.apache.flink.runtime.jobgraph.IntermediateDataSetID;
import org.apache.flink.runtime.resourcemanager.utils.TestingResourceManagerGateway;
import org.apache.flink.runtime.rest.messages.dataset.ClusterDataSetListResponseBody;
import org.junit.jupiter.api.Test;

class DataSetsTest {

    private final IntermediateDataSetID id = new IntermediateDataSetID();

    @Test
    void aClusterThatKeepsNoneHasAnEmptyList() {
        assertSameAsFlink(Map.of());
    }

    @Test
    void aDataSetIsCompleteOnceAllItsPartitionsAreThere() {
        Map<IntermediateDataSetID, DataSetMetaInfo> dataSets = new LinkedHashMap<>();
        dataSets.put(id, DataSetMetaInfo.withNumRegisteredPartitions(3, 3));
        dataSets.put(
                new IntermediateDataSetID(), DataSetMetaInfo.withNumRegisteredPartitions(2, 3));

        JsonNode shown = assertSameAsFlink(dataSets).get("dataSets");

        assertThat(shown.get(0))
                .isEqualTo(JsonTrees.of("{\"id\":\"" + id + "\",\"isComplete\":true}"));
        assertThat(shown.get(1).get("isComplete").booleanValue()).isFalse();
    }

    @Test
    void theListIsServed() {
        try (TestServer server =
                TestServer.cluster()
                        .resourceManager(
                                new TestingResourceManagerGateway() {
                                    @Override
                                    public CompletableFuture<
                                                    Map<IntermediateDataSetID, DataSetMetaInfo>>
                                            listDataSets() {
                                        return CompletableFuture.completedFuture(
                                                Map.of(
                                                        id,
                                                        DataSetMetaInfo.withNumRegisteredPartitions(
                                                                1, 2)));
                                    }
                                })
                        .start()) {
            assertThat(server.get("/datasets").expect(200).body())
                    .isEqualTo("{\"dataSets\":[{\"id\":\"" + id + "\",\"isComplete\":false}]}");
        }
    }

    private static JsonNode assertSameAsFlink(
            Map<IntermediateDataSetID, DataSetMetaInfo> dataSets) {
        JsonNode ours = JsonTrees.ofDrey(DataSetsConverter.list(dataSets));
        assertThat(ours.toString())
                .isEqualTo(
                        JsonTrees.ofFlink(ClusterDataSetListResponseBody.from(dataSets))
                                .toString());
        return ours;
    }
}
