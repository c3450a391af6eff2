package dev.drey.it.dashboard;

import dev.drey.it.cluster.ProcessCluster;
import dev.drey.it.cluster.ProcessCluster.JobManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the dashboard shows of a job's rescales, which only the adaptive scheduler knows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DreyRescalesWalk {

    private static final String[] ADAPTIVE = {
        "jobmanager.scheduler: Adaptive",
        "jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling: 1 s",
        "jobmanager.adaptive-scheduler.executing.resource-stabilization-timeout: 1 s",
        "web.adaptive-scheduler.rescale-history.size: 20"
    };

    private ProcessCluster stock;
    private ProcessCluster drey;
    private SideBySide dashboards;

    @BeforeAll
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void play() throws Exception {
        Browser.requireInstalled();
        String name = getClass().getSimpleName();
        stock = start(JobManager.STOCK, name + "-stock");
        drey = start(JobManager.DREY, name + "-drey");
        dashboards = SideBySide.open(name, stock, Scene.rescale(stock), drey, Scene.rescale(drey));
    }

    @AfterAll
    void close() {
        try (ProcessCluster last = stock;
                ProcessCluster other = drey) {
            if (dashboards != null) {
                dashboards.close();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.drey.it.dashboard.Pages#ofRescales")
    void pageIsAsOnStock(Page page) throws Exception {
        dashboards.check(page);
    }

    private static ProcessCluster start(JobManager kind, String name) throws Exception {
        return ProcessCluster.start(kind, name, List.of("-Xmx256m"), 1, ADAPTIVE);
    }
}
