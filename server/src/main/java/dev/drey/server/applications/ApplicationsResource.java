package dev.drey.server.applications;

import dev.drey.model.ApplicationId;
import dev.drey.server.Ids;
import dev.drey.server.View;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Applications. */
@Singleton
@Path("/")
public final class ApplicationsResource {

    @GET
    @Path("/applications/overview")
    public View overview() {
        return View.of(new AllApplications(), ApplicationsConverter::overview);
    }

    @GET
    @Path("/applications/{applicationid}")
    public View details(@PathParam("applicationid") ApplicationId applicationId) {
        return View.of(
                new OneApplication(Ids.toFlink(applicationId)), ApplicationsConverter::details);
    }

    @GET
    @Path("/applications/{applicationid}/exceptions")
    public View exceptions(@PathParam("applicationid") ApplicationId applicationId) {
        return View.of(
                new OneApplication(Ids.toFlink(applicationId)), ApplicationsConverter::exceptions);
    }
}
