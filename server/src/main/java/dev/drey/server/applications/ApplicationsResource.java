package dev.drey.server.applications;

import dev.drey.model.ApplicationId;
import dev.drey.server.Ids;
import dev.drey.server.Source;
import dev.drey.server.View;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.apache.flink.runtime.application.ArchivedApplication;
import org.apache.flink.runtime.messages.webmonitor.MultipleApplicationsDetails;

/** Applications. */
@Singleton
@Path("/")
public final class ApplicationsResource {

    @GET
    @Path("/applications/overview")
    public View<MultipleApplicationsDetails> overview() {
        return new View<>(new Source.Applications(), ApplicationsConverter::overview);
    }

    @GET
    @Path("/applications/{applicationid}")
    public View<ArchivedApplication> details(
            @PathParam("applicationid") ApplicationId applicationId) {
        return new View<>(
                new Source.Application(Ids.toFlink(applicationId)), ApplicationsConverter::details);
    }
}
