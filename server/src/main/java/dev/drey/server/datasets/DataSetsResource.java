package dev.drey.server.datasets;

import dev.drey.server.View;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Data sets. */
@Singleton
@Path("/")
public final class DataSetsResource {

    @GET
    @Path("/datasets")
    public View list() {
        return View.of(new AllDataSets(), DataSetsConverter::list);
    }
}
