package dev.drey.it.archive;

import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.DreyJobManagerCluster;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;

class DreyJobManagerArchiveIT extends ArchiveSuite {

    private DreyJobManagerCluster cluster;

    @Override
    Cluster start(URI archive) throws Exception {
        cluster =
                DreyJobManagerCluster.start(
                        "archive-jobmanager", "jobmanager.archive.fs.dir: " + archive);
        return cluster;
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
