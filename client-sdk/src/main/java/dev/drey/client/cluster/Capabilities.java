package dev.drey.client.cluster;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.LateRoutes;
import java.util.Set;

/**
 * What a server can do.
 *
 * @param flinkVersion the Flink that it runs or speaks for, such as {@code 2.3.0}
 * @param drey whether Drey serves its API, and not Flink itself
 * @param lacking the routes of this client that it does not have: methods and paths as Flink
 *     documents them, such as {@code GET /jobs/:jobid/rescales/history}. A call of one of them
 *     fails with an {@link dev.drey.client.error.UnsupportedByServerException}
 */
public record Capabilities(String flinkVersion, boolean drey, Set<String> lacking) {

    public Capabilities {
        requireNonNull(flinkVersion, "flinkVersion is null");
        lacking = Set.copyOf(lacking);
    }

    static Capabilities of(String flinkVersion, boolean drey) {
        return new Capabilities(flinkVersion, drey, LateRoutes.lacking(flinkVersion, drey));
    }

    /**
     * Whether the server has a route.
     *
     * @param route one of Flink 2.3 or Drey, as {@link #lacking} writes them
     */
    public boolean has(String route) {
        return !lacking.contains(route);
    }
}
