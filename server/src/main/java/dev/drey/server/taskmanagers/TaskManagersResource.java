package dev.drey.server.taskmanagers;

import dev.drey.server.Source;
import dev.drey.server.View;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Collection;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;

/** Task managers. */
@Singleton
@Path("/")
public final class TaskManagersResource {

    @GET
    @Path("/taskmanagers")
    public View<Collection<TaskManagerInfo>> list() {
        return new View<>(new Source.TaskManagers(), TaskManagersConverter::list);
    }
}
