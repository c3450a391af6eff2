package dev.drey.server.dashboard;

import dev.drey.server.http.ApiVersionFilter;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Date;
import java.util.Optional;

/** Flink's web dashboard: every path that is no route of the API and has no version. */
@Singleton
@Path("/")
public final class DashboardResource {

    private static final String INDEX = "index.html";
    private static final int MAX_AGE_SECONDS = 300;

    private final DashboardFiles files = DashboardFiles.ofClassPath();

    @GET
    @Path("/{file: .*}")
    public Response file(
            @PathParam("file") String path,
            @Context Request request,
            @Context ContainerRequestContext context) {
        if (context.getProperty(ApiVersionFilter.VERSIONED) != null) {
            throw new NotFoundException();
        }
        DashboardFiles.File file =
                files.find(path.isEmpty() ? INDEX : path).orElseThrow(NotFoundException::new);
        Date lastModified = Date.from(file.lastModified());
        CacheControl cache = new CacheControl();
        cache.setPrivate(true);
        cache.setMaxAge(MAX_AGE_SECONDS);
        return Optional.ofNullable(request.evaluatePreconditions(lastModified, file.tag()))
                .orElseGet(
                        () ->
                                Response.ok(file.read(), file.type())
                                        .header(HttpHeaders.CONTENT_LENGTH, file.size()))
                .cacheControl(cache)
                .lastModified(lastModified)
                .tag(file.tag())
                .build();
    }
}
