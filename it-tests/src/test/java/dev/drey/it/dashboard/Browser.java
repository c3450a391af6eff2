package dev.drey.it.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, on the dashboard of one cluster. */
final class Browser implements AutoCloseable {

    private static final String CHROMIUM = "chromium";
    private static final String DRIVER = "chromedriver";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** By selector, the texts of its visible elements. */
    private static final String TEXTS =
            """
            const visible = e => e.getClientRects().length > 0
                    && getComputedStyle(e).visibility !== 'hidden';
            const text = e => e.innerText === undefined ? e.textContent : e.innerText;
            return JSON.stringify(Object.fromEntries([...arguments].map(selector =>
                    [selector, [...document.querySelectorAll(selector)].filter(visible).map(text)])));
            """;

    /**
     * A graph that leaves the page while it is being drawn fails when it is to zoom, on stock as
     * well. It is hidden until it is drawn, and d3 keeps the transitions that are under way on the
     * elements they are of. What moves for ever says only that something is being done.
     */
    private static final String STILL =
            """
            const all = selector => [...document.querySelectorAll(selector)];
            return all('flink-dagre flink-svg-container').every(
                            graph => graph.style.visibility === 'visible')
                    && all('flink-dagre svg, flink-dagre svg *').every(
                            element => element.__transition === undefined)
                    && document.getAnimations().every(animation =>
                            animation.playState !== 'running'
                            || animation.effect.getComputedTiming().iterations === Infinity);
            """;

    /** Says at every start that it has no protocol for just this Chromium; none is needed. */
    private static final Logger PROTOCOLS =
            Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    private final URI cluster;
    private final ChromeDriver driver;
    private final Set<String> errors = new TreeSet<>();
    private final Thread reaper = new Thread(this::quit, "browser-reaper");
    private Traffic traffic = new Traffic();

    private Browser(URI cluster, ChromeDriver driver) {
        this.cluster = cluster;
        this.driver = driver;
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /** Where Chromium or its driver is missing, one line says what to do. */
    static void requireInstalled() {
        installed(CHROMIUM);
        installed(DRIVER);
    }

    static Browser start(URI cluster) {
        PROTOCOLS.setLevel(Level.OFF);
        File chromium = installed(CHROMIUM);
        File chromedriver = installed(DRIVER);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        logs.enable(LogType.BROWSER, Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--headless=new",
                "--window-size=1600,1200",
                "--disable-background-networking",
                // As root, as in a container, Chromium does not start with its sandbox.
                "--no-sandbox",
                // A container's /dev/shm is too small for it.
                "--disable-dev-shm-usage");
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver)
                        .usingAnyFreePort()
                        .build();
        return new Browser(cluster, new ChromeDriver(service, options));
    }

    private static File installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> new File(directory, program))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(
                        () -> {
                            AssertionError missing =
                                    new AssertionError(
                                            "The walk needs %s on the PATH: install Chromium and its driver (Debian: apt install chromium chromium-driver)"
                                                    .formatted(program));
                            missing.setStackTrace(new StackTraceElement[0]);
                            return missing;
                        });
    }

    /** Opens an address of the dashboard anew; what was before is forgotten. */
    void open(String address) {
        driver.get("about:blank");
        logged(LogType.PERFORMANCE);
        logged(LogType.BROWSER);
        traffic = new Traffic();
        errors.clear();
        driver.get(cluster + "/#" + address);
    }

    /** The last page, as its button does. */
    void back() {
        driver.navigate().back();
    }

    /** Clicks on the first visible element of the selector that has {@code text} in its own. */
    void click(String selector, String text) {
        until(
                "'%s' of %s can be clicked on".formatted(text, selector),
                () -> {
                    Optional<WebElement> element =
                            driver.findElements(By.cssSelector(selector)).stream()
                                    .filter(WebElement::isDisplayed)
                                    .filter(found -> found.getText().contains(text))
                                    .findFirst();
                    element.ifPresent(WebElement::click);
                    return element;
                });
    }

    /** Chooses a file in a field that, as fields for files do, need not be visible. */
    void upload(String selector, Path file) {
        until(
                selector + " takes a file",
                () -> {
                    Optional<WebElement> field =
                            driver.findElements(By.cssSelector(selector)).stream().findFirst();
                    field.ifPresent(found -> found.sendKeys(file.toString()));
                    return field;
                });
    }

    /** Puts {@code text} into a field in place of what is there. */
    void type(String selector, String text) {
        until(
                selector + " takes text",
                () -> {
                    Optional<WebElement> field =
                            driver.findElements(By.cssSelector(selector)).stream()
                                    .filter(WebElement::isEnabled)
                                    .findFirst();
                    field.ifPresent(found -> found.sendKeys(Keys.chord(Keys.CONTROL, "a"), text));
                    return field;
                });
    }

    void awaitText(String selector, String text) {
        until(
                "%s says '%s'".formatted(selector, text),
                () ->
                        texts(List.of(selector)).get(selector).stream()
                                .filter(found -> found.contains(text))
                                .findFirst());
    }

    void awaitNone(String selector) {
        until(
                selector + " is gone",
                () ->
                        texts(List.of(selector)).get(selector).isEmpty()
                                ? Optional.of(true)
                                : Optional.empty());
    }

    /** The page as it is now. */
    Look look(List<String> selectors) {
        Map<String, List<String>> masked = new HashMap<>();
        texts(selectors)
                .forEach(
                        (selector, texts) ->
                                masked.put(selector, texts.stream().map(Mask::of).toList()));
        traffic.add(logged(LogType.PERFORMANCE));
        logged(LogType.BROWSER).forEach(entry -> errors.add(Mask.of(entry.getMessage())));
        return new Look(masked, traffic.failures(), errors, traffic.isQuiet() && isStill());
    }

    /**
     * Leaves a picture, the source of the page and {@code story} where the build leaves what it
     * makes.
     */
    void keep(String name, String story) {
        Path folder = Artifacts.report("browser");
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
            Files.writeString(folder.resolve(name + ".html"), driver.getPageSource());
            Files.writeString(folder.resolve(name + ".txt"), story);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(reaper);
        quit();
    }

    private void quit() {
        driver.quit();
    }

    private Map<String, List<String>> texts(List<String> selectors) {
        try {
            return JSON.readValue(
                    (String) driver.executeScript(TEXTS, selectors.toArray()),
                    new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isStill() {
        return (Boolean) driver.executeScript(STILL);
    }

    private Iterable<LogEntry> logged(String type) {
        return driver.manage().logs().get(type);
    }

    private static <T> void until(String what, Callable<Optional<T>> probe) {
        try {
            Await.until(
                    what,
                    PATIENCE,
                    () -> {
                        try {
                            return probe.call();
                        } catch (StaleElementReferenceException
                                | ElementNotInteractableException e) {
                            // The page was drawn anew meanwhile, or something lay above it.
                            return Optional.empty();
                        }
                    });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
