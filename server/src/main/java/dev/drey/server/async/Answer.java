package dev.drey.server.async;

import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a write was answered.
 *
 * @param body is written as JSON
 */
public record Answer(int status, Object body, Map<String, String> headers) {

    /** The answer that a resource method's {@code result} makes. */
    static Answer of(Object result) {
        if (!(result instanceof Response response)) {
            return new Answer(Response.Status.OK.getStatusCode(), result, Map.of());
        }
        Map<String, String> headers = new LinkedHashMap<>();
        response.getStringHeaders()
                .forEach((name, values) -> headers.put(name, String.join(", ", values)));
        return new Answer(response.getStatus(), response.getEntity(), headers);
    }

    boolean isRefusal() {
        return status >= Response.Status.BAD_REQUEST.getStatusCode();
    }

    Response response() {
        Response.ResponseBuilder response = Response.status(status).entity(body);
        headers.forEach(response::header);
        return response.build();
    }
}
