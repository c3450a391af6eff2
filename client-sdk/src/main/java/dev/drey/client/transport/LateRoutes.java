package dev.drey.client.transport;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The routes of this client that not every server from Flink 1.18 on has. */
public final class LateRoutes {

    /** In place of a version: no Flink has it by itself. */
    public static final String DREY = "Drey";

    private static final List<LateRoute> ALL =
            List.of(
                    new LateRoute("GET /jobmanager/profiler", "1.19"),
                    new LateRoute("POST /jobmanager/profiler", "1.19"),
                    new LateRoute("GET /jobmanager/profiler/:filename", "1.19"),
                    new LateRoute("GET /taskmanagers/:taskmanagerid/profiler", "1.19"),
                    new LateRoute("POST /taskmanagers/:taskmanagerid/profiler", "1.19"),
                    new LateRoute("GET /taskmanagers/:taskmanagerid/profiler/:filename", "1.19"),
                    new LateRoute(
                            "GET /jobs/:jobid/vertices/:vertexid/jm-operator-metrics", "1.20"),
                    new LateRoute("POST /jobs/:jobid/coordinators/:operatorUid", "2.0"),
                    new LateRoute("GET /applications/overview", "2.3"),
                    new LateRoute("GET /applications/:applicationid", "2.3"),
                    new LateRoute("GET /applications/:applicationid/exceptions", "2.3"),
                    new LateRoute("GET /applications/:applicationid/jobmanager/config", "2.3"),
                    new LateRoute("POST /applications/:applicationid/cancel", "2.3"),
                    new LateRoute("POST /jars/:jarid/run-application", "2.3"),
                    new LateRoute("GET /jobs/:jobid/rescales/config", "2.3"),
                    new LateRoute("GET /jobs/:jobid/rescales/overview", "2.3"),
                    new LateRoute("GET /jobs/:jobid/rescales/summary", "2.3"),
                    new LateRoute("GET /jobs/:jobid/rescales/history", "2.3"),
                    new LateRoute("GET /jobs/:jobid/rescales/details/:rescaleuuid", "2.3"),
                    new LateRoute("GET /jobs/:jobid/events", DREY),
                    new LateRoute("PATCH /jobs/:jobid/rescaling", DREY),
                    new LateRoute("GET /jobs/:jobid/rescaling/:triggerid", DREY),
                    new LateRoute("GET /operations", DREY),
                    new LateRoute("GET /operations/:triggerid", DREY));

    private static final Pattern NO_ROUTE =
            Pattern.compile("Not found: |Unable to load requested file ");
    private static final String STOCK_DOES_NOT_RESCALE = "FLINK-12312";
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");

    /**
     * A route, and who has it first.
     *
     * @param route a method and a path, as Flink documents it
     * @param since the first version of Flink that has it, or {@link #DREY}
     */
    record LateRoute(String route, String since) {

        boolean isOf(String flinkVersion, boolean isDrey) {
            return since.equals(DREY) ? isDrey : number(flinkVersion) >= number(since);
        }

        boolean fits(String method, String path) {
            String[] own = route.substring(route.indexOf(' ') + 1).split("/", -1);
            String[] asked = path.split("/", -1);
            if (!route.startsWith(method + " ") || own.length != asked.length) {
                return false;
            }
            for (int i = 0; i < own.length; i++) {
                if (!own[i].startsWith(":") && !own[i].equals(asked[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The routes that a server lacks. */
    public static Set<String> lacking(String flinkVersion, boolean isDrey) {
        return ALL.stream()
                .filter(Predicate.not(late -> late.isOf(flinkVersion, isDrey)))
                .map(LateRoute::route)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The route that a refused request was for, if the refusal says that the server has no such
     * route, rather than that it does not know what the path names.
     *
     * @param path without the version and the query
     */
    static Optional<LateRoute> missed(String method, String path, int status, List<String> errors) {
        boolean isNoRoute =
                status == 404
                        && errors.stream().anyMatch(line -> NO_ROUTE.matcher(line).lookingAt());
        boolean isNotDone =
                status == 503
                        && errors.stream().anyMatch(line -> line.contains(STOCK_DOES_NOT_RESCALE));
        return isNoRoute || isNotDone
                ? ALL.stream().filter(late -> late.fits(method, path)).findFirst()
                : Optional.empty();
    }

    /** The first two numbers count; what has none is older than all. */
    private static int number(String version) {
        Matcher numbers = VERSION.matcher(version);
        return numbers.lookingAt()
                ? 1000 * Integer.parseInt(numbers.group(1)) + Integer.parseInt(numbers.group(2))
                : 0;
    }

    private LateRoutes() {}
}
