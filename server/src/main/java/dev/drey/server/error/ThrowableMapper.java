package dev.drey.server.error;

import dev.drey.model.error.ErrorResponseBody;
import dev.drey.server.http.WireFormatFilter;
import dev.drey.server.telemetry.Exchange;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.apache.flink.runtime.dispatcher.UnavailableDispatcherOperationException;
import org.apache.flink.runtime.messages.FlinkApplicationNotFoundException;
import org.apache.flink.runtime.messages.FlinkApplicationTerminatedWithoutCancellationException;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.messages.FlinkJobTerminatedWithoutCancellationException;
import org.apache.flink.runtime.resourcemanager.exceptions.UnknownTaskExecutorException;
import org.apache.flink.runtime.rest.handler.RestHandlerException;
import org.apache.flink.runtime.rpc.exceptions.EndpointNotStartedException;
import org.apache.flink.runtime.rpc.exceptions.FencingTokenException;
import org.apache.flink.runtime.rpc.exceptions.RecipientUnreachableException;
import org.apache.flink.runtime.rpc.exceptions.RpcConnectionException;
import org.apache.flink.runtime.rpc.exceptions.RpcException;
import org.glassfish.jersey.message.internal.HeaderValueException;
import org.glassfish.jersey.server.ParamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only place that turns a throwable into a status and {@code {"errors":[…]}}. */
public final class ThrowableMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(ThrowableMapper.class);

    private static final long RETRY_AFTER_SECONDS = 1;

    private final Provider<ContainerRequestContext> request;

    @Inject
    public ThrowableMapper(Provider<ContainerRequestContext> request) {
        this.request = request;
    }

    @Override
    public Response toResponse(Throwable throwable) {
        Throwable failure = Failures.strip(throwable);
        Response.ResponseBuilder answer;
        String line;
        if (failure instanceof ParamException parameter) {
            answer = Response.status(Status.BAD_REQUEST);
            line = describe(parameter);
        } else if (failure instanceof NotAllowedException && isForm()) {
            // As Flink, which looks at forms before it looks for a route.
            answer = Response.status(Status.BAD_REQUEST);
            line = "No form can be posted to " + path();
        } else if (failure instanceof NotAllowedException refusal) {
            String allowed = allowed(refusal);
            answer = Response.fromResponse(refusal.getResponse()).header(HttpHeaders.ALLOW, null);
            answer.header(HttpHeaders.ALLOW, allowed);
            line =
                    "Method %s is not allowed on %s; allowed: %s"
                            .formatted(request.get().getMethod(), path(), allowed);
        } else if (failure instanceof WebApplicationException refusal) {
            answer = Response.fromResponse(refusal.getResponse());
            line = describe(refusal);
        } else {
            Status status = statusOf(failure);
            answer = Response.status(status);
            if (status == Status.SERVICE_UNAVAILABLE) {
                answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            }
            line = describe(status, failure, "under reference " + Exchange.idOf(request.get()));
        }
        Response response =
                answer.type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(new ErrorResponseBody(List.of(line)))
                        .build();
        log(response.getStatus(), line, failure);
        return response;
    }

    /** What a failure is told as, wherever it is told again. */
    public record Told(int status, ErrorResponseBody body) {}

    /** What {@code failure}, of a route that was called, is told as. */
    public static Told told(Throwable failure) {
        if (failure instanceof WebApplicationException refusal) {
            Response.StatusType status = refusal.getResponse().getStatusInfo();
            return told(
                    status,
                    isDefaultMessage(refusal) ? status.getReasonPhrase() : Failures.line(refusal));
        }
        Status status = statusOf(failure);
        return told(status, describe(status, failure, "of the first request"));
    }

    private static Told told(Response.StatusType status, String line) {
        return new Told(status.getStatusCode(), new ErrorResponseBody(List.of(line)));
    }

    private static Status statusOf(Throwable failure) {
        if (failure instanceof HeaderValueException) {
            return Status.BAD_REQUEST;
        }
        if (failure instanceof FlinkJobNotFoundException
                || failure instanceof FlinkApplicationNotFoundException
                || failure instanceof UnknownTaskExecutorException) {
            return Status.NOT_FOUND;
        }
        if (failure instanceof FlinkJobTerminatedWithoutCancellationException
                || failure instanceof FlinkApplicationTerminatedWithoutCancellationException) {
            return Status.CONFLICT;
        }
        if (failure instanceof EndpointNotStartedException
                || failure instanceof FencingTokenException
                || failure instanceof RecipientUnreachableException
                || failure instanceof RpcConnectionException
                || failure instanceof UnavailableDispatcherOperationException) {
            return Status.SERVICE_UNAVAILABLE;
        }
        if (failure instanceof RpcException) {
            return Status.BAD_GATEWAY;
        }
        if (failure instanceof RestHandlerException refusal) {
            return Objects.requireNonNullElse(
                    Status.fromStatusCode(refusal.getHttpResponseStatus().code()),
                    Status.INTERNAL_SERVER_ERROR);
        }
        return failure instanceof TimeoutException
                ? Status.GATEWAY_TIMEOUT
                : Status.INTERNAL_SERVER_ERROR;
    }

    private static String describe(Status status, Throwable failure, String where) {
        return switch (status) {
            case SERVICE_UNAVAILABLE ->
                    "The cluster's leader cannot be reached: it may be changing, ask again";
            case INTERNAL_SERVER_ERROR ->
                    "Internal server error: the server's log has the details " + where;
            case BAD_GATEWAY ->
                    "The cluster's answer cannot be used: "
                            + Failures.line(failure)
                            + because(failure);
            case GATEWAY_TIMEOUT -> "The cluster did not answer in time: " + Failures.line(failure);
            default -> Failures.line(failure);
        };
    }

    private static String because(Throwable failure) {
        return failure.getCause() == null
                ? ""
                : " (%s)".formatted(Failures.told(Failures.root(failure)));
    }

    private static String describe(ParamException parameter) {
        Throwable cause = parameter.getCause() == null ? null : Failures.root(parameter.getCause());
        String reason = cause == null ? "it cannot be read" : Failures.line(cause);
        return cause instanceof NumberFormatException
                ? "Parameter '%s': expected a whole number (%s)"
                        .formatted(parameter.getParameterName(), reason)
                : "Parameter '%s': %s".formatted(parameter.getParameterName(), reason);
    }

    private String describe(WebApplicationException refusal) {
        Response response = refusal.getResponse();
        if (refusal instanceof NotFoundException && isDefaultMessage(refusal)) {
            return "Not found: " + path();
        }
        return isDefaultMessage(refusal)
                ? response.getStatusInfo().getReasonPhrase()
                : Failures.line(refusal);
    }

    /** Jersey answers HEAD wherever it answers GET, and does not say so here. */
    private static String allowed(NotAllowedException refusal) {
        Set<String> methods =
                new TreeSet<>(
                        List.of(
                                refusal.getResponse()
                                        .getHeaderString(HttpHeaders.ALLOW)
                                        .split(",\\s*")));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        return String.join(", ", methods);
    }

    /** JAX-RS gives an exception without a message one that only repeats the status. */
    private static boolean isDefaultMessage(WebApplicationException refusal) {
        String message = refusal.getMessage();
        return message == null || message.startsWith("HTTP " + refusal.getResponse().getStatus());
    }

    private boolean isForm() {
        return HttpMethod.POST.equals(request.get().getMethod())
                && WireFormatFilter.isMultipart(
                        request.get().getHeaderString(HttpHeaders.CONTENT_TYPE));
    }

    private String path() {
        return request.get().getUriInfo().getRequestUri().getRawPath();
    }

    private void log(int status, String line, Throwable failure) {
        String id = Exchange.idOf(request.get());
        String asked = Failures.line(request.get().getMethod() + " " + path());
        if (status == Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            // As many as there are requests while a cluster is away: a trace of each tells no more.
            LOG.warn("Request {}: {} answered {}: {}", id, asked, status, line);
        } else if (status >= Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
            LOG.error("Request {}: {} answered {}: {}", id, asked, status, line, failure);
        } else {
            LOG.info("Request {}: {} answered {}: {}", id, asked, status, line, failure.getCause());
        }
    }
}
