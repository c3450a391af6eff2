package dev.drey.server.taskmanagers;

import dev.drey.server.Source;
import dev.drey.server.View;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Task managers. */
@Singleton
@Path("/")
public final class TaskManagersResource {

    @GET
    @Path("/taskmanagers")
    public View<?> list() {
        return new View<>(new Source.TaskManagers(), TaskManagersConverter::list);
    }
}
