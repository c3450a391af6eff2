package dev.drey.client.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Server-sent events, each of them JSON, as they come; read by one thread at a time. It holds a
 * connection until it was read to its end or is closed.
 */
public final class EventStream<T> implements Closeable {
    private final Download source;
    private final BufferedReader lines;
    private final ObjectReader json;
    private String id = "";

    EventStream(Download source, ObjectReader json) {
        this.source = source;
        this.lines = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8));
        this.json = json;
    }

    /**
     * Waits for the next event of a kind that this client knows; empty at the end of the stream.
     * Fails as reading a {@link Download} does, and if an event is no JSON.
     */
    public Optional<T> next() throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                Optional<T> event = event(data);
                if (event.isPresent()) {
                    return event;
                }
                data.setLength(0);
            } else if (line.startsWith("data:")) {
                data.append(value(line)).append('\n');
            } else if (line.startsWith("id:")) {
                id = value(line);
            }
        }
        return Optional.empty();
    }

    /** Of the latest event; by which another stream can go on. Empty if there was none. */
    public String lastEventId() {
        return id;
    }

    /** Ends it; who waits for an event is told so by an {@link IOException}. */
    @Override
    public void close() {
        source.close();
    }

    private Optional<T> event(StringBuilder data) throws JsonProcessingException {
        return data.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(json.readValue(data.toString()));
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }
}
