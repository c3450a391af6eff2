package dev.drey.it.dashboard;

import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.StockCluster;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Cluster cluster;
    private StockCluster own;
    private Side stock;
    private Side drey;

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
            stock = new Side(own, Scene.play(own, name + "-stock-savepoints"));
            drey = new Side(cluster, Scene.play(cluster, name + "-drey-savepoints"));
        } else {
            Scene scene = Scene.play(attachedTo(), name + "-savepoints");
            stock = new Side(attachedTo(), scene);
            drey = new Side(cluster, scene);
        }
    }

    @AfterAll
    void close() {
        // Whichever there are.
        try (StockCluster last = own;
                Side other = stock) {
            if (drey != null) {
                drey.close();
            }
        }
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.drey.it.dashboard.Pages#toRead")
    void pageIsAsOnStock(Page page) throws Exception {
        check(page);
    }

    @Order(2)
    @Test
    void jarRunsAndItsJobIsCancelled() throws Exception {
        for (Scene scene : new HashSet<>(List.of(stock.scene, drey.scene))) {
            scene.makeRoom();
        }
        for (Page page : Pages.toRunAJar()) {
            check(page);
        }
    }

    private void check(Page page) throws Exception {
        AtomicReference<List<String>> faults = new AtomicReference<>(List.of("it was not seen"));
        try {
            Await.answer(
                    CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> stock.go(page)),
                            CompletableFuture.runAsync(() -> drey.go(page))));
            Await.untilTrue(
                    page + " is on Drey as on stock",
                    PATIENCE,
                    () -> {
                        faults.set(drey.look(page).faults(page, stock.look(page)));
                        return faults.get().isEmpty();
                    });
        } catch (Exception | AssertionError e) {
            String name =
                    "%s-%s".formatted(getClass().getSimpleName(), page).replaceAll("\\W+", "-");
            String story =
                    "%s: %s%n%s"
                            .formatted(
                                    page,
                                    (e.getCause() == null ? e : e.getCause()).getMessage(),
                                    String.join("\n", faults.get()));
            stock.browser.keep(name + "-stock", story);
            drey.browser.keep(name + "-drey", story);
            throw new AssertionError(story, e);
        }
    }

    /** One of the two clusters. */
    private static final class Side implements AutoCloseable {
        private final Browser browser;
        private final Scene scene;

        Side(Cluster cluster, Scene scene) {
            this.browser = Browser.start(cluster.uri());
            this.scene = scene;
        }

        void go(Page page) {
            if (page.address() != null) {
                browser.open(scene.named(page.address()));
            }
            page.steps().forEach(step -> step.accept(browser));
        }

        Look look(Page page) {
            return browser.look(page.selectors());
        }

        @Override
        public void close() {
            browser.close();
        }
    }
}
