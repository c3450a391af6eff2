package dev.drey.server.jars;

import dev.drey.model.JarId;
import dev.drey.model.jars.JarListInfo.JarEntryInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.ProgramInvocationException;
import org.apache.flink.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry classes that jars name in their manifests. A program may describe itself, which is user
 * code: it gets a thread of its own and a little time, once, and a jar that takes longer has none.
 */
final class JarEntries {

    private static final Logger LOG = LoggerFactory.getLogger(JarEntries.class);

    private static final Duration TIME_TO_DESCRIBE = Duration.ofSeconds(2);
    private static final int MOST_ENTRIES = 100;

    private final Configuration configuration;
    private final ConcurrentMap<JarId, CompletableFuture<List<JarEntryInfo>>> known =
            new ConcurrentHashMap<>();

    JarEntries(Configuration configuration) {
        this.configuration = configuration;
    }

    /** The entries of a jar, which never changes under its id. */
    List<JarEntryInfo> of(JarId id, Path file) {
        CompletableFuture<List<JarEntryInfo>> unknown = new CompletableFuture<>();
        CompletableFuture<List<JarEntryInfo>> before = known.putIfAbsent(id, unknown);
        if (before != null) {
            return before.join();
        }
        describe(file, unknown);
        return unknown.completeOnTimeout(
                        List.of(), TIME_TO_DESCRIBE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    void remove(JarId id) {
        known.remove(id);
    }

    private void describe(Path file, CompletableFuture<List<JarEntryInfo>> entries) {
        Thread thread =
                new Thread(
                        () -> entries.complete(loadable(file)),
                        "drey-describe-" + file.getFileName());
        thread.setDaemon(true);
        thread.start();
    }

    private List<JarEntryInfo> loadable(Path file) {
        List<JarEntryInfo> loadable = new ArrayList<>();
        for (String name : classes(file)) {
            try (PackagedProgram program =
                    PackagedProgram.newBuilder()
                            .setJarFile(file.toFile())
                            .setEntryPointClassName(name)
                            .setConfiguration(configuration)
                            .build()) {
                loadable.add(new JarEntryInfo(name, program.getDescription()));
            } catch (ProgramInvocationException | RuntimeException | Error e) {
                LOG.info("{} names the entry class {}, which cannot be loaded", file, name, e);
            }
        }
        return List.copyOf(loadable);
    }

    private static List<String> classes(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                return List.of();
            }
            return Stream.of(
                            PackagedProgram.MANIFEST_ATTRIBUTE_ASSEMBLER_CLASS,
                            PackagedProgram.MANIFEST_ATTRIBUTE_MAIN_CLASS)
                    .map(manifest.getMainAttributes()::getValue)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(names -> Stream.of(names.split(",")).map(String::strip))
                    .orElse(Stream.empty())
                    .limit(MOST_ENTRIES)
                    .toList();
        } catch (IOException e) {
            LOG.info("{} lies among the uploaded jars and is none", file, e);
            return List.of();
        }
    }
}
