package dev.drey.server.http;

import static java.util.Objects.requireNonNull;

import jakarta.annotation.Priority;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.WebOptions;

/** Applies the {@link OriginPolicy}: 403 for a foreign page's write, CORS headers on answers. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public final class OriginFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String ORIGIN = "Origin";
    private static final String REQUEST_METHOD = "Access-Control-Request-Method";
    private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";

    /** As in Flink, these answers are not granted to other pages. */
    private static final String LOG_URL = "/log-url";

    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String ALLOW_METHODS = "Access-Control-Allow-Methods";
    private static final String ALLOW_HEADERS = "Access-Control-Allow-Headers";
    private static final Set<String> READS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /**
     * What a GET does more than read: it runs a program, or ends a job. A page that only sends it
     * does not say its origin.
     */
    private static final Pattern DOING =
            Pattern.compile("jars/.+/plan/*$|jobs/.+/yarn-(cancel|stop)/*$");

    private static final Pattern ENDING = Pattern.compile("jobs/.+/yarn-(cancel|stop)/*$");

    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final Pattern OTHER_SITE = Pattern.compile("cross-site|same-site");

    private final OriginPolicy policy;

    public OriginFilter(OriginPolicy policy) {
        this.policy = requireNonNull(policy, "policy is null");
    }

    @Override
    public void filter(ContainerRequestContext request) {
        requireNoLookThatEnds(request);
        if (isHarmless(request)) {
            return;
        }
        String origin = request.getHeaderString(ORIGIN);
        String host = request.getHeaderString(HttpHeaders.HOST);
        String site = request.getHeaderString(FETCH_SITE);
        boolean isOfOtherSite =
                origin == null && site != null && OTHER_SITE.matcher(site).matches();
        if (isOfOtherSite || !policy.mayWrite(origin, host, isSecure(request))) {
            throw new ForbiddenException(
                    "A page of %s may not change or run anything here: name it in %s to allow that"
                            .formatted(
                                    isOfOtherSite ? "another site" : origin,
                                    WebOptions.ACCESS_CONTROL_ALLOW_ORIGIN.key()));
        }
        if (!policy.isKnownHost(host)) {
            throw new ForbiddenException(
                    "This server is bound to a loopback address, but was called %s: call it localhost,"
                                    .formatted(host)
                            + " or name that origin in "
                            + WebOptions.ACCESS_CONTROL_ALLOW_ORIGIN.key());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (isFile(response) || request.getUriInfo().getPath().endsWith(LOG_URL)) {
            return;
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        String origin = request.getHeaderString(ORIGIN);
        headers.putSingle(ALLOW_ORIGIN, policy.grant(origin));
        String preflighted = request.getHeaderString(REQUEST_METHOD);
        if (origin == null
                || preflighted == null
                || !HttpMethod.OPTIONS.equals(request.getMethod())) {
            return;
        }
        String allowed = response.getHeaderString(HttpHeaders.ALLOW);
        boolean named = policy.isNamed(origin);
        if (allowed != null && (named || READS.contains(preflighted))) {
            headers.putSingle(ALLOW_METHODS, named ? allowed : HttpMethod.GET);
            String askedHeaders = request.getHeaderString(REQUEST_HEADERS);
            if (askedHeaders != null) {
                headers.putSingle(ALLOW_HEADERS, askedHeaders);
            }
        }
    }

    /** A HEAD would be answered as the GET is, and end the job; who sends it only looks. */
    private static void requireNoLookThatEnds(ContainerRequestContext request) {
        if (HttpMethod.HEAD.equals(request.getMethod())
                && ENDING.matcher(request.getUriInfo().getPath()).find()) {
            throw new ClientErrorException(
                    "A HEAD ends no job: send GET",
                    Response.status(Response.Status.METHOD_NOT_ALLOWED)
                            .allow(HttpMethod.GET, HttpMethod.OPTIONS)
                            .build());
        }
    }

    private static boolean isSecure(ContainerRequestContext request) {
        return "https".equals(request.getUriInfo().getBaseUri().getScheme());
    }

    private static boolean isHarmless(ContainerRequestContext request) {
        return READS.contains(request.getMethod())
                && (HttpMethod.OPTIONS.equals(request.getMethod())
                        || !DOING.matcher(request.getUriInfo().getPath()).find());
    }

    /** As in Flink, other pages are granted the answers of the API and no file. */
    private static boolean isFile(ContainerResponseContext response) {
        MediaType type = response.getMediaType();
        return response.getStatus() == Response.Status.OK.getStatusCode()
                && response.hasEntity()
                && type != null
                && !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)
                && response.getHeaderString(HttpHeaders.ALLOW) == null;
    }
}
