package dev.drey.server.jobmanager;

import static java.util.Objects.requireNonNull;

import dev.drey.model.jobmanager.LogUrlResponse;
import dev.drey.server.ServerAddress;
import dev.drey.server.View;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/**
 * Where the dashboard shows the logs of those that run a job. As in Flink, the ids are taken as
 * they are: whether there is such a job or task manager is for the page to say.
 */
@Singleton
@Path("/")
public final class LogUrlsResource {

    private final ServerAddress address;

    @Inject
    public LogUrlsResource(ServerAddress address) {
        this.address = requireNonNull(address, "address is null");
    }

    @GET
    @Path("/jobs/{jobid}/jobmanager/log-url")
    public View ofJobManager() {
        return page("job-manager/logs");
    }

    @GET
    @Path("/jobs/{jobid}/taskmanagers/{taskmanagerid}/log-url")
    public View ofTaskManager(@PathParam("taskmanagerid") String taskManagerId) {
        return page("task-manager/" + taskManagerId + "/logs");
    }

    private View page(String path) {
        return View.of(new AddressOfServer(address), uri -> new LogUrlResponse(uri + "/#/" + path));
    }
}
