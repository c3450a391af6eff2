package dev.drey.server.profiler;

import dev.drey.model.ResourceId;
import dev.drey.server.Ids;
import dev.drey.server.View;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.function.Function;

/** Profiles of the cluster's processes, which are taken only where that is enabled. */
@Singleton
@Path("/")
public final class ProfilerResource {

    @GET
    @Path("/jobmanager/profiler")
    public View ofJobManager() {
        return View.of(new ProfilesOfJobManager(), Function.identity());
    }

    @GET
    @Path("/taskmanagers/{taskmanagerid}/profiler")
    public View ofTaskManager(@PathParam("taskmanagerid") ResourceId resourceId) {
        return View.of(
                new ProfilesOfTaskManager(Ids.toFlink(resourceId)), ProfilingConverter::list);
    }
}
