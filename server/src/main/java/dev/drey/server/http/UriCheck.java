package dev.drey.server.http;

import static java.util.Objects.requireNonNull;

import dev.drey.server.error.JsonErrorPages;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * Refuses what is no URI with one clear line, since Jersey's container fails on it before any
 * filter.
 */
public final class UriCheck extends HttpHandler {

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
        String problem = path.startsWith("/") ? problemOf("http://host" + path) : "no path";
        if (problem == null) {
            problem = problemOf("http://" + request.getHeader("Host"), request.getHeader("Host"));
        }
        if (problem == null) {
            next.service(request, response);
        } else {
            refuse(response, "Not a valid request for '%s': %s".formatted(path, problem));
        }
    }

    private static String problemOf(String uri) {
        try {
            URI parsed = new URI(uri);
            return parsed.getHost() == null ? "no host name" : null;
        } catch (URISyntaxException e) {
            return e.getReason();
        }
    }

    private static String problemOf(String uri, String host) {
        return host == null || host.isEmpty() ? null : problemOf(uri);
    }

    private static void refuse(Response response, String line) throws IOException {
        byte[] body = JsonErrorPages.body(line);
        response.setStatus(HttpStatus.BAD_REQUEST_400);
        response.setContentType(JsonErrorPages.CONTENT_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
