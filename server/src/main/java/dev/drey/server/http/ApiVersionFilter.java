package dev.drey.server.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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

    @Override
    public void filter(ContainerRequestContext request) {
        UriInfo uri = request.getUriInfo();
        String asked = uri.getRequestUri().getRawPath();
        List<String> segments = new ArrayList<>(List.of(strip(asked).split("/", -1)));
        if (VERSIONS.contains(segments.get(0))) {
            segments.remove(0);
            request.setProperty(VERSIONED, true);
            if (segments.isEmpty()) {
                throw new NotFoundException("Not found: " + asked);
            }
        }
        String path = "/" + String.join("/", segments).replace(";", "%3B");
        if (!path.equals(asked)) {
            String query = uri.getRequestUri().getRawQuery();
            request.setRequestUri(
                    uri.getBaseUri(),
                    URI.create(
                            uri.getBaseUri().resolve("/")
                                    + path.substring(1)
                                    + (query == null ? "" : "?" + query)));
        }
    }

    private static String strip(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(start, end);
    }
}
