package dev.drey.it.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Flink's own history server, as it is. */
public final class HistoryServer implements AutoCloseable {

    private static final Pattern ADDRESS =
            Pattern.compile("Web frontend listening at (?:http://)?(\\S+)\\R");

    private final ChildProcess process;
    private final URI uri;

    private HistoryServer(ChildProcess process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts one that shows what is archived in a folder.
     *
     * @param name of the folder that all its own files go to
     */
    public static HistoryServer start(String name, URI archive) throws Exception {
        Path folder =
                StockProcess.configure(
                        name,
                        "historyserver.archive.fs.dir: " + archive,
                        "historyserver.archive.fs.refresh-interval: 500",
                        "historyserver.web.address: 127.0.0.1",
                        "historyserver.web.port: 0");
        ChildProcess process =
                StockProcess.launch(
                        folder,
                        "historyserver",
                        "org.apache.flink.runtime.webmonitor.history.HistoryServer",
                        List.of("-Xmx128m"),
                        List.of("--configDir", folder.toString()));
        try {
            return new HistoryServer(
                    process, URI.create("http://" + StockProcess.logged(process, ADDRESS)));
        } catch (Exception | AssertionError e) {
            process.close();
            throw e;
        }
    }

    /** Where it is. */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.close();
    }
}
