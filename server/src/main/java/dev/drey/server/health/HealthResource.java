package dev.drey.server.health;

import dev.drey.model.health.HealthInfo;
import dev.drey.server.Source;
import dev.drey.server.View;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Drey's own health checks. */
@Singleton
@Path("/")
public final class HealthResource {

    /** 200 as long as the process answers at all. */
    @GET
    @Path("/health/live")
    public HealthInfo live() {
        return HealthInfo.up();
    }

    /** 200 if a leader is known and answers; 503 or 504 otherwise. */
    @GET
    @Path("/health/ready")
    public View ready() {
        return View.of(new Source.Overview(), overview -> HealthInfo.up());
    }
}
