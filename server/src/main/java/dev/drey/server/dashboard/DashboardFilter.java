package dev.drey.server.dashboard;

import dev.drey.server.http.ApiVersionFilter;
import dev.drey.server.telemetry.Exchange;
import dev.drey.server.telemetry.Routes;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Date;
import java.util.Optional;

/**
 * Answers a path that is a file of Flink's web dashboard and names no version of the API. It stands
 * before the routes, since a route for every path would hide which paths there are.
 */
@PreMatching
@Priority(Priorities.AUTHORIZATION)
public final class DashboardFilter implements ContainerRequestFilter {

    private static final String INDEX = "index.html";
    private static final String METHODS = "GET, HEAD, OPTIONS";
    private static final int MAX_AGE_SECONDS = 300;

    private final DashboardFiles files = DashboardFiles.ofClassPath();

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getProperty(ApiVersionFilter.VERSIONED) != null) {
            return;
        }
        String path = request.getUriInfo().getPath();
        String name = path.startsWith("/") ? path.substring(1) : path;
        files.find(name.isEmpty() ? INDEX : name)
                .ifPresent(
                        file -> {
                            Exchange.name(request, Routes.DASHBOARD);
                            request.abortWith(answer(file, request));
                        });
    }

    private static Response answer(DashboardFiles.File file, ContainerRequestContext request) {
        return switch (request.getMethod()) {
            case HttpMethod.GET, HttpMethod.HEAD -> content(file, request);
            case HttpMethod.OPTIONS -> Response.ok().header(HttpHeaders.ALLOW, METHODS).build();
            default ->
                    throw new NotAllowedException(
                            Response.status(Response.Status.METHOD_NOT_ALLOWED)
                                    .header(HttpHeaders.ALLOW, METHODS)
                                    .build());
        };
    }

    private static Response content(DashboardFiles.File file, ContainerRequestContext request) {
        Date lastModified = Date.from(file.lastModified());
        CacheControl cache = new CacheControl();
        cache.setPrivate(true);
        cache.setMaxAge(MAX_AGE_SECONDS);
        return Optional.ofNullable(
                        request.getRequest().evaluatePreconditions(lastModified, file.tag()))
                .orElseGet(() -> Response.ok(file.read(), file.type()))
                .cacheControl(cache)
                .lastModified(lastModified)
                .tag(file.tag())
                .build();
    }
}
