package dev.drey.server.taskmanagers;

import dev.drey.model.ResourceId;
import dev.drey.server.Ids;
import dev.drey.server.Source;
import dev.drey.server.View;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Task managers. */
@Singleton
@Path("/")
public final class TaskManagersResource {

    @GET
    @Path("/taskmanagers")
    public View list() {
        return View.of(new Source.TaskManagers(), TaskManagersConverter::list);
    }

    @GET
    @Path("/taskmanagers/{taskmanagerid}")
    public View details(@PathParam("taskmanagerid") ResourceId resourceId) {
        return View.of(
                new OneTaskManager(Ids.toFlink(resourceId)),
                new Source.Metrics(),
                TaskManagerDetailsConverter::details);
    }
}
