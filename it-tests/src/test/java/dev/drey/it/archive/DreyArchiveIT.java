package dev.drey.it.archive;

import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.DreyCluster;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;

class DreyArchiveIT extends ArchiveSuite {

    private DreyCluster cluster;

    @Override
    Cluster start(URI archive) throws Exception {
        cluster = DreyCluster.start("archive", "jobmanager.archive.fs.dir=" + archive);
        return cluster;
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
