package dev.drey.it.rescaling;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.StockCluster;
import java.util.List;

class StockRequirementsIT extends RequirementsSuite {

    @Override
    protected StockCluster start(List<String> options) throws Exception {
        return StockCluster.start("stock-requirements", Clusters.lines(options));
    }
}
