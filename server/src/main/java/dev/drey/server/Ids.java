package dev.drey.server;

import dev.drey.model.ApplicationId;
import dev.drey.model.IntermediateDataSetId;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.RescaleUuid;
import dev.drey.model.ResourceId;
import dev.drey.model.ResourceRequirementsId;
import dev.drey.model.SlotSharingGroupId;
import dev.drey.model.TriggerId;
import org.apache.flink.api.common.ApplicationID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.jobgraph.IntermediateDataSetID;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.scheduler.adaptive.timeline.RescaleIdInfo.RescaleUUID;
import org.apache.flink.runtime.scheduler.adaptive.timeline.RescaleIdInfo.ResourceRequirementsID;
import org.apache.flink.util.AbstractID;
import org.apache.flink.util.StringUtils;

/** The model's ids as Flink's, and back. */
public final class Ids {

    public static JobID toFlink(JobId id) {
        return JobID.fromHexString(id.value());
    }

    public static ApplicationID toFlink(ApplicationId id) {
        return ApplicationID.fromHexString(id.value());
    }

    public static JobVertexID toFlink(JobVertexId id) {
        return JobVertexID.fromHexString(id.value());
    }

    public static org.apache.flink.runtime.rest.messages.TriggerId toFlink(TriggerId id) {
        return org.apache.flink.runtime.rest.messages.TriggerId.fromHexString(id.value());
    }

    public static RescaleUUID toFlink(RescaleUuid id) {
        return new RescaleUUID(id.value());
    }

    public static ResourceID toFlink(ResourceId id) {
        return new ResourceID(id.value());
    }

    public static IntermediateDataSetID toFlink(IntermediateDataSetId id) {
        return new IntermediateDataSetID(new AbstractID(StringUtils.hexStringToByte(id.value())));
    }

    public static JobId of(JobID id) {
        return new JobId(id.toHexString());
    }

    public static ApplicationId of(ApplicationID id) {
        return new ApplicationId(id.toHexString());
    }

    public static JobVertexId of(JobVertexID id) {
        return new JobVertexId(id.toHexString());
    }

    public static IntermediateDataSetId of(IntermediateDataSetID id) {
        return new IntermediateDataSetId(id.toHexString());
    }

    public static ResourceId of(ResourceID id) {
        return new ResourceId(id.getResourceIdString());
    }

    public static SlotSharingGroupId of(org.apache.flink.runtime.instance.SlotSharingGroupId id) {
        return new SlotSharingGroupId(id.toHexString());
    }

    public static RescaleUuid of(RescaleUUID id) {
        return new RescaleUuid(id.toHexString());
    }

    public static ResourceRequirementsId of(ResourceRequirementsID id) {
        return new ResourceRequirementsId(id.toHexString());
    }

    private Ids() {}
}
