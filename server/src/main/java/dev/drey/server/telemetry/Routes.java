package dev.drey.server.telemetry;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;

/** Under which names requests are counted: their routes as Flink writes them, and a few more. */
public final class Routes implements DynamicFeature {

    /** A file of the dashboard. */
    public static final String DASHBOARD = "dashboard";

    /** A version of the API that is not served. */
    public static final String UNKNOWN_VERSION = "unknown-version";

    /** No route, or refused before one was looked for. */
    static final String UNMATCHED = "unmatched";

    /** What never gets as far as the application: no HTTP, or too much of it. */
    static final String MALFORMED = "malformed";

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Path path = resource.getResourceMethod().getAnnotation(Path.class);
        if (path != null) {
            context.register(new Name(path.value().replaceAll("\\{(\\w+)}", ":$1")));
        }
    }

    /** Before all other filters, so that what they refuse counts for its route. */
    @Priority(0)
    private static final class Name implements ContainerRequestFilter {

        private final String route;

        Name(String route) {
            this.route = route;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            Exchange.name(request, route);
        }
    }
}
