package dev.drey.server.http;

import static java.util.Objects.requireNonNull;

import dev.drey.server.error.JsonErrorPages;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * Refuses what is no URI with one clear line, since Jersey's container fails on it before any
 * filter.
 */
public final class UriCheck extends HttpHandler {

    /** Flink's own endpoint does not read longer ones. */
    private static final int LONGEST_URI = 4096;

    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

    private final HttpHandler next;

    public UriCheck(HttpHandler next) {
        this.next = requireNonNull(next, "next is null");
    }

    @Override
    public void start() {
        next.start();
    }

    @Override
    public void destroy() {
        next.destroy();
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        String path = request.getRequestURI();
        String query = request.getQueryString();
        if (!path.startsWith("/") || lengthOf(path, query) > LONGEST_URI) {
            refuse(response, HttpStatus.NOT_FOUND_404, "Not found: " + path);
            return;
        }
        String problem = problemOf("http://host" + path);
        if (problem == null && query != null && BROKEN_ESCAPE.matcher(query).find()) {
            problem = "a broken % in the query";
        }
        List<String> hosts = new ArrayList<>();
        request.getHeaders("Host").forEach(hosts::add);
        if (problem == null && hosts.size() > 1) {
            problem = "more than one Host";
        }
        if (problem == null && !hosts.isEmpty()) {
            problem = problemOf("http://" + hosts.get(0));
        }
        if (problem == null) {
            next.service(request, response);
        } else {
            refuse(
                    response,
                    HttpStatus.BAD_REQUEST_400,
                    "Not a valid request for '%s': %s".formatted(path, problem));
        }
    }

    private static int lengthOf(String path, String query) {
        return path.length() + (query == null ? 0 : query.length() + 1);
    }

    private static String problemOf(String uri) {
        try {
            URI parsed = new URI(uri);
            return parsed.getHost() == null ? "no host name" : null;
        } catch (URISyntaxException e) {
            return e.getReason();
        }
    }

    private static void refuse(Response response, HttpStatus status, String line)
            throws IOException {
        byte[] body = JsonErrorPages.body(line);
        response.setStatus(status);
        response.setContentType(JsonErrorPages.CONTENT_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
