package dev.drey.it.dashboard;

import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.StockCluster;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks through the dashboard on stock Flink and on Drey at once: each page shows the same on both,
 * and nothing fails on Drey that does not fail on stock.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class DashboardSuite {

    private final Cluster cluster;
    private StockCluster own;
    private Set<Scene> scenes = Set.of();
    private SideBySide dashboards;

    DashboardSuite(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The stock cluster that Drey is attached to; {@code null}: it has one of its own. */
    StockCluster attachedTo() {
        return null;
    }

    @BeforeAll
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void play() throws Exception {
        Browser.requireInstalled();
        String name = getClass().getSimpleName();
        if (attachedTo() == null) {
            own = StockCluster.start(name + "-stock");
            Scene stock = Scene.play(own, name + "-stock-savepoints");
            Scene drey = Scene.play(cluster, name + "-drey-savepoints");
            scenes = Set.of(stock, drey);
            dashboards = SideBySide.open(name, own, stock, cluster, drey);
        } else {
            Scene scene = Scene.play(attachedTo(), name + "-savepoints");
            scenes = Set.of(scene);
            dashboards = SideBySide.open(name, attachedTo(), scene, cluster, scene);
        }
    }

    @AfterAll
    void close() {
        try (StockCluster last = own) {
            if (dashboards != null) {
                dashboards.close();
            }
        }
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.drey.it.dashboard.Pages#toRead")
    void pageIsAsOnStock(Page page) throws Exception {
        dashboards.check(page);
    }

    @Order(2)
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.drey.it.dashboard.Pages#toProfile")
    void profileIsAsOnStock(Page page) throws Exception {
        dashboards.checkInTurn(page);
    }

    @Order(3)
    @Test
    void jarRunsAndItsJobIsCancelled() throws Exception {
        for (Scene scene : scenes) {
            scene.makeRoom();
        }
        for (Page page : Pages.toRunAJar()) {
            dashboards.check(page);
        }
    }
}
