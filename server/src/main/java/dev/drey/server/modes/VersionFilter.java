package dev.drey.server.modes;

import static java.util.Objects.requireNonNull;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** Refuses every request, but whether the process lives, while the cluster runs another Flink. */
@PreMatching
@Priority(Priorities.AUTHENTICATION + 1)
final class VersionFilter implements ContainerRequestFilter {

    private static final String LIVE = "health/live";

    private final ClusterVersion version;

    VersionFilter(ClusterVersion version) {
        this.version = requireNonNull(version, "version is null");
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getUriInfo().getPath().equals(LIVE)) {
            version.refusal()
                    .ifPresent(
                            line -> {
                                throw new ServiceUnavailableException(line);
                            });
        }
    }
}
