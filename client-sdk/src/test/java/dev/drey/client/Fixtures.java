package dev.drey.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Bodies that Flink 2.3.0 has sent. */
public final class Fixtures {

    /** The body in the file {@code fixtures/<name>.json}. */
    public static String text(String name) {
        try (InputStream file =
                Fixtures.class.getResourceAsStream("/fixtures/%s.json".formatted(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Fixtures() {}
}
