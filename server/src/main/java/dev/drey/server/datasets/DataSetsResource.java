package dev.drey.server.datasets;

import static java.util.Objects.requireNonNull;

import dev.drey.model.EmptyRequestBody;
import dev.drey.model.IntermediateDataSetId;
import dev.drey.model.TriggerId;
import dev.drey.model.async.OperationKind;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Ids;
import dev.drey.server.View;
import dev.drey.server.async.KeptOperation;
import dev.drey.server.async.Operations;
import dev.drey.server.async.Trigger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** Data sets. */
@Singleton
@Path("/")
public final class DataSetsResource {

    private final ClusterGateways gateways;
    private final Operations operations;

    @Inject
    public DataSetsResource(ClusterGateways gateways, Operations operations) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.operations = requireNonNull(operations, "operations is null");
    }

    @GET
    @Path("/datasets")
    public View list() {
        return View.of(new AllDataSets(), DataSetsConverter::list);
    }

    @DELETE
    @Path("/datasets/{datasetid}")
    public Trigger delete(
            @PathParam("datasetid") IntermediateDataSetId dataSetId, EmptyRequestBody body) {
        return Trigger.ofEndpoint(
                OperationKind.DATA_SET_DELETION,
                dataSetId.value(),
                Response.Status.ACCEPTED,
                DataSetsResource::deletion,
                gateways::resourceManager,
                manager -> manager.releaseClusterPartitions(Ids.toFlink(dataSetId)));
    }

    @GET
    @Path("/datasets/delete/{triggerid}")
    public View deletionStatus(@PathParam("triggerid") TriggerId triggerId) {
        return operations.status(deletion(triggerId));
    }

    private static KeptOperation deletion(TriggerId id) {
        return KeptOperation.of(id, "deletion of a data set", "/datasets/delete/" + id);
    }
}
