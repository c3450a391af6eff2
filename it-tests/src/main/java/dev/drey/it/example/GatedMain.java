package dev.drey.it.example;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a file to be there, and only then submits a job. */
public final class GatedMain {

    private static final Duration INTERVAL = Duration.ofMillis(50);

    /**
     * Submits it.
     *
     * @param arguments the file; and another, if any, which is made as soon as it waits
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1) {
            Files.createFile(Path.of(arguments[1]));
        }
        Path gate = Path.of(arguments[0]);
        while (!Files.exists(gate)) {
            LockSupport.parkNanos(INTERVAL.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("nobody waits any more");
            }
        }
        ShortJob.main(new String[0]);
    }

    private GatedMain() {}
}
