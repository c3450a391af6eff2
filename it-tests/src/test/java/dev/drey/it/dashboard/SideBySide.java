package dev.drey.it.dashboard;

import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The dashboards of stock Flink and of Drey, each in a browser of its own. */
final class SideBySide implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final Side stock;
    private final Side drey;

    private SideBySide(String name, Side stock, Side drey) {
        this.name = name;
        this.stock = stock;
        this.drey = drey;
    }

    /**
     * Opens both browsers.
     *
     * @param name of what is left of a page that differs
     */
    static SideBySide open(
            String name, Cluster stock, Scene scene, Cluster drey, Scene otherScene) {
        Side first = new Side(Browser.start(stock.uri()), scene);
        try {
            return new SideBySide(name, first, new Side(Browser.start(drey.uri()), otherScene));
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    /** Requires that a page is on Drey as it is on stock. */
    void check(Page page) throws Exception {
        check(page, CompletableFuture::runAsync);
    }

    /** Goes to the page on stock, and on Drey when all is done there. */
    void checkInTurn(Page page) throws Exception {
        check(page, step -> CompletableFuture.runAsync(step, Runnable::run));
    }

    private void check(Page page, Function<Runnable, CompletableFuture<Void>> run)
            throws Exception {
        AtomicReference<List<String>> faults = new AtomicReference<>(List.of("it was not seen"));
        try {
            Await.answer(
                    CompletableFuture.allOf(
                            run.apply(() -> stock.go(page)), run.apply(() -> drey.go(page))));
            Await.untilTrue(
                    page + " is on Drey as on stock",
                    PATIENCE,
                    () -> {
                        faults.set(drey.look(page).faults(page, stock.look(page)));
                        return faults.get().isEmpty();
                    });
        } catch (Exception | AssertionError e) {
            String file = "%s-%s".formatted(name, page).replaceAll("\\W+", "-");
            String story =
                    "%s: %s%n%s"
                            .formatted(
                                    page,
                                    (e.getCause() == null ? e : e.getCause()).getMessage(),
                                    String.join("\n", faults.get()));
            stock.browser.keep(file + "-stock", story);
            drey.browser.keep(file + "-drey", story);
            throw new AssertionError(story, e);
        }
    }

    @Override
    public void close() {
        try (stock;
                drey) {
            // Both, whatever becomes of one.
        }
    }

    /** One of the two. */
    private record Side(Browser browser, Scene scene) implements AutoCloseable {

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
