package dev.drey.it.speed;

import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@link Ceiling}, with a body for each route. */
final class CeilingProcess implements AutoCloseable {

    private static final Pattern READY =
            Pattern.compile(Pattern.quote(Ceiling.READY) + "(\\S+)\\R");

    private final ChildProcess process;
    private final List<String> routes;
    private final URI base;

    private CeilingProcess(ChildProcess process, List<String> routes, URI base) {
        this.process = process;
        this.routes = routes;
        this.base = base;
    }

    /**
     * Starts it.
     *
     * @param bodies of the routes, in their order
     */
    static CeilingProcess start(List<String> flags, List<String> routes, List<byte[]> bodies)
            throws Exception {
        Path folder = Artifacts.emptyFolder("speed-ceiling");
        List<String> command = new ArrayList<>();
        command.add(Artifacts.jdkTool("java"));
        command.addAll(flags);
        command.addAll(
                List.of(
                        "-cp",
                        ownClasses() + File.pathSeparator + Artifacts.serverJar(),
                        Ceiling.class.getName()));
        for (byte[] body : bodies) {
            command.add(saved(body, folder.resolve(command.size() + ".json")));
        }
        ChildProcess process =
                ChildProcess.start("ceiling", folder, folder.resolve("no-log"), command);
        try {
            return new CeilingProcess(process, routes, awaitReady(process));
        } catch (Exception | AssertionError e) {
            process.close();
            throw e;
        }
    }

    /** Where the body of a route is. */
    URI uri(String route) {
        return base.resolve("/ready/" + routes.indexOf(route));
    }

    /** Fails at once if it has ended. */
    void requireAlive() {
        process.requireAlive();
    }

    @Override
    public void close() {
        process.close();
    }

    private static URI awaitReady(ChildProcess process) throws Exception {
        return Await.until(
                "the ceiling is ready",
                () -> {
                    process.requireAlive();
                    Matcher line = READY.matcher(process.output());
                    return line.find()
                            ? Optional.of(URI.create("http://" + line.group(1)))
                            : Optional.empty();
                });
    }

    private static Path ownClasses() throws URISyntaxException {
        return Path.of(Ceiling.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static String saved(byte[] body, Path file) throws IOException {
        return Files.write(file, body).toString();
    }
}
