package dev.drey.server;

import static java.util.Objects.requireNonNull;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import org.apache.flink.api.common.JobID;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.ResourceMethod;

/**
 * Whoever has the answer to a write sees its effect in every read that follows. What was not
 * acknowledged may have been done all the same, so every answer counts.
 */
final class FreshAfterWrite implements ContainerResponseFilter {

    private static final String JOB = "jobid";
    private static final String APPLICATION = "applicationid";

    private final SharedFetches fetches;

    FreshAfterWrite(SharedFetches fetches) {
        this.fetches = requireNonNull(fetches, "fetches is null");
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        ExtendedUriInfo uri = (ExtendedUriInfo) request.getUriInfo();
        ResourceMethod method = uri.getMatchedResourceMethod();
        if (method == null || View.class.equals(method.getInvocable().getRawResponseType())) {
            return;
        }
        String job = uri.getPathParameters().getFirst(JOB);
        if (job != null) {
            try {
                fetches.forget(JobID.fromHexString(job));
            } catch (IllegalArgumentException e) {
                // The write was refused for the same reason.
            }
        } else if (uri.getPathParameters().containsKey(APPLICATION)) {
            // Which jobs are its own, only the cluster knows.
            fetches.forgetAll();
        }
    }
}
