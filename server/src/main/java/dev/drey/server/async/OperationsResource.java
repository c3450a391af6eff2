package dev.drey.server.async;

import static java.util.Objects.requireNonNull;

import dev.drey.model.TriggerId;
import dev.drey.server.View;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** What was triggered through this endpoint. Only Drey has it. */
@Singleton
@Path("/")
public final class OperationsResource {

    private final Operations operations;

    @Inject
    public OperationsResource(Operations operations) {
        this.operations = requireNonNull(operations, "operations is null");
    }

    @GET
    @Path("/operations")
    public View list() {
        return View.of(new TriggeredHere(operations), OperationConverter::list);
    }

    @GET
    @Path("/operations/{triggerid}")
    public View one(@PathParam("triggerid") TriggerId triggerId) {
        return View.of(
                new TriggeredHere(operations),
                () -> operations.untilOver(triggerId),
                entries -> OperationConverter.one(entries, triggerId));
    }
}
