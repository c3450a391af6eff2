package dev.drey.server.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/**
 * Everything is JSON unless it is a file: as in Flink, {@code Accept} is ignored, and so is the
 * type of a request body that is not multipart.
 */
@PreMatching
@Priority(Priorities.ENTITY_CODER)
public final class WireFormatFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String JSON = "application/json; charset=UTF-8";

    @Override
    public void filter(ContainerRequestContext request) {
        request.getHeaders().remove(HttpHeaders.ACCEPT);
        request.getHeaders().remove(HttpHeaders.ACCEPT_CHARSET);
        request.getHeaders().remove(HttpHeaders.ACCEPT_LANGUAGE);
        request.getHeaders().remove(HttpHeaders.ACCEPT_ENCODING);
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (isMultipart(type)) {
            requireReadable(type);
        } else {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        MediaType type = response.getMediaType();
        if (response.hasEntity()
                && (type == null || type.isCompatible(MediaType.APPLICATION_JSON_TYPE))) {
            response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, JSON);
        }
    }

    /** Jersey refuses such a type as well, but without a word. */
    private static void requireReadable(String contentType) {
        try {
            MediaType.valueOf(contentType);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(
                    "Content-Type '%s' cannot be read: send the form as curl -F does"
                            .formatted(contentType),
                    e);
        }
    }

    /** Whether a request's content type announces a form with parts. */
    public static boolean isMultipart(String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, "multipart/", 0, 10);
    }
}
