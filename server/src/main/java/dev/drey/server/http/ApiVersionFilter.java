package dev.drey.server.http;

import dev.drey.server.telemetry.Exchange;
import dev.drey.server.telemetry.Routes;
import jakarta.annotation.Priority;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows the versions of the API, and reads a path as Flink does: {@code /v1/x} and {@code /x} are
 * the same request, slashes at both ends do not count, and a semicolon is a character like any
 * other.
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public final class ApiVersionFilter implements ContainerRequestFilter {

    /** Set on requests that named a version, which static files do not have. */
    public static final String VERSIONED = ApiVersionFilter.class.getName() + ".versioned";

    private static final Set<String> VERSIONS = Set.of("v1");
    private static final Pattern OTHER_VERSION = Pattern.compile("/v\\d+(/.*)?");

    @Override
    public void filter(ContainerRequestContext request) {
        UriInfo uri = request.getUriInfo();
        String asked = uri.getRequestUri().getRawPath();
        String trimmed = trim(asked);
        String path = withoutVersion(asked);
        if (!path.equals(trimmed)) {
            request.setProperty(VERSIONED, true);
            if (path.equals("/")) {
                throw new NotFoundException();
            }
        } else if (OTHER_VERSION.matcher(path).matches()) {
            Exchange.name(request, Routes.UNKNOWN_VERSION);
        }
        path = path.replace(";", "%3B");
        if (!path.equals(asked)) {
            String query = uri.getRequestUri().getRawQuery();
            // Not resolved against the base: a path that begins with two slashes would be a host.
            request.setRequestUri(
                    uri.getBaseUri(),
                    URI.create(
                            uri.getBaseUri().getScheme()
                                    + "://"
                                    + uri.getBaseUri().getRawAuthority()
                                    + (query == null ? path : path + "?" + query)));
        }
    }

    /** The path of the route that {@code path} asks for. */
    static String withoutVersion(String path) {
        String trimmed = trim(path);
        int end = trimmed.indexOf('/', 1);
        String first = end < 0 ? trimmed.substring(1) : trimmed.substring(1, end);
        if (!VERSIONS.contains(first)) {
            return trimmed;
        }
        return end < 0 ? "/" : trimmed.substring(end);
    }

    /** {@code path} with one slash before it and none behind it. */
    private static String trim(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return "/" + path.substring(start, end);
    }
}
