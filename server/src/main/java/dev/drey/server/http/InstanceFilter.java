package dev.drey.server.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/**
 * Tells which process answers. What was written under a key is remembered by the process that was
 * asked: who asks again names it, and is refused by any other before anything is done.
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public final class InstanceFilter implements ContainerRequestFilter, ContainerResponseFilter {

    /** Names a process, in answers and in requests that are for no other. */
    public static final String HEADER = "Drey-Instance";

    private final String instance = UUID.randomUUID().toString();

    @Override
    public void filter(ContainerRequestContext request) {
        String wanted = request.getHeaderString(HEADER);
        if (wanted != null && !wanted.equals(instance)) {
            throw new ClientErrorException(
                    "This is %s %s, and the request is for another process: nothing was done"
                            .formatted(HEADER, instance),
                    Response.Status.PRECONDITION_FAILED);
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(HEADER, instance);
    }
}
