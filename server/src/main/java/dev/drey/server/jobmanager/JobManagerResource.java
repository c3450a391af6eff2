package dev.drey.server.jobmanager;

import dev.drey.model.ApplicationId;
import dev.drey.model.JobId;
import dev.drey.server.View;
import dev.drey.server.archive.Archived;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/**
 * The JobManager. All jobs and applications of a cluster have the same one, so that Flink answers
 * for those it does not know too.
 */
@Singleton
@Path("/")
public final class JobManagerResource {

    @GET
    @Path("/jobmanager/config")
    public View configuration() {
        return View.of(new ConfigurationOfProcess(), JobManagerConverter::configuration);
    }

    @GET
    @Path("/jobmanager/environment")
    public View environment() {
        return View.of(new EnvironmentOfProcess(), JobManagerConverter::environment);
    }

    @GET
    @Path("/jobs/{jobid}/jobmanager/config")
    @Archived
    public View configurationOfJob(@PathParam("jobid") JobId jobId) {
        return configuration();
    }

    @GET
    @Path("/jobs/{jobid}/jobmanager/environment")
    @Archived
    public View environmentOfJob(@PathParam("jobid") JobId jobId) {
        return environment();
    }

    @GET
    @Path("/applications/{applicationid}/jobmanager/config")
    @Archived
    public View configurationOfApplication(
            @PathParam("applicationid") ApplicationId applicationId) {
        return configuration();
    }
}
