package dev.drey.it.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.openqa.selenium.logging.LogEntry;

/** What a page has asked for, and what came of it; told by the browser's own log. */
final class Traffic {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_ERROR = 400;

    /** Of a worker's script, for one, the page's log does not tell the end. */
    private static final Set<String> DATA = Set.of("XHR", "Fetch");

    private final Map<String, String> requests = new HashMap<>();
    private final Set<String> pending = new HashSet<>();
    private final Set<String> failures = new TreeSet<>();

    /** Takes in the next entries of the log. */
    void add(Iterable<LogEntry> entries) {
        for (LogEntry entry : entries) {
            try {
                add(JSON.readTree(entry.getMessage()).get("message"));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Not JSON: " + entry.getMessage(), e);
            }
        }
    }

    private void add(JsonNode event) {
        JsonNode parameters = event.get("params");
        String id = parameters.path("requestId").asText();
        switch (event.get("method").asText()) {
            case "Network.requestWillBeSent" -> {
                JsonNode request = parameters.get("request");
                requests.put(
                        id,
                        request.get("method").asText() + " " + path(request.get("url").asText()));
                if (DATA.contains(parameters.path("type").asText())) {
                    pending.add(id);
                }
            }
            case "Network.responseReceived" -> {
                int status = parameters.at("/response/status").asInt();
                if (status >= FIRST_ERROR) {
                    failures.add(requests.get(id) + " -> " + status);
                }
            }
            case "Network.loadingFinished" -> pending.remove(id);
            case "Network.loadingFailed" -> {
                pending.remove(id);
                // The page itself gives up what it has no use for any more.
                if (requests.containsKey(id) && !parameters.path("canceled").asBoolean()) {
                    failures.add(requests.get(id) + " -> " + parameters.path("errorText").asText());
                }
            }
            default -> {}
        }
    }

    /** Whether it has asked, and waits for no answer. */
    boolean isQuiet() {
        return !requests.isEmpty() && pending.isEmpty();
    }

    /** Requests that were answered with an error, or not at all, masked. */
    Set<String> failures() {
        return failures;
    }

    private static String path(String url) {
        if (!url.startsWith("http")) {
            return url;
        }
        URI uri = URI.create(url);
        return Mask.of(
                uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    }
}
