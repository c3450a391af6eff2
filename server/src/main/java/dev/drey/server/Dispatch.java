package dev.drey.server;

import static java.util.Objects.requireNonNull;

import dev.drey.model.JobId;
import dev.drey.server.archive.Ended;
import dev.drey.server.async.IdempotencyKey;
import dev.drey.server.async.Operations;
import dev.drey.server.async.Trigger;
import dev.drey.server.error.Failures;
import dev.drey.server.error.ThrowableMapper;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.glassfish.jersey.model.Parameter;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;

/**
 * Turns what a resource method returns into the future answer that Jersey sees: a {@link View} is
 * rendered, a {@link Trigger} started. A write under an {@link IdempotencyKey} is done once. Those
 * that read their bodies as they come do that themselves.
 */
final class Dispatch implements ResourceMethodInvocationHandlerProvider {

    private static final String JOB = "jobid";

    private final HeldAnswers answers;
    private final ViewRenderer renderer;
    private final Operations operations;
    private final Provider<ContainerRequestContext> requests;

    @Inject
    Dispatch(
            HeldAnswers answers,
            ViewRenderer renderer,
            Operations operations,
            Provider<ContainerRequestContext> requests) {
        this.answers = requireNonNull(answers, "answers is null");
        this.renderer = requireNonNull(renderer, "renderer is null");
        this.operations = requireNonNull(operations, "operations is null");
        this.requests = requireNonNull(requests, "requests is null");
    }

    @Override
    public InvocationHandler create(Invocable invocable) {
        if (Answerable.class.isAssignableFrom(invocable.getRawResponseType())) {
            return refusing(
                    (resource, method, arguments) ->
                            answer((Answerable) method.invoke(resource, arguments)));
        }
        Optional<String> write = Write.of(invocable.getHandlingMethod());
        return write.isEmpty() || isStreamed(invocable)
                ? null
                : refusing(keyed(write.get(), invocable));
    }

    private CompletionStage<Response> answer(Answerable asked) {
        return asked instanceof View view
                ? Ended.askedBy(requests.get())
                        .map(ended -> renderer.render(view, ended).exceptionally(Dispatch::nothing))
                        .orElseGet(() -> answers.answer(view))
                : operations.trigger((Trigger) asked, key());
    }

    /** Nobody asked for what an ended job does not have, so that nobody's mistake is logged. */
    private static Response nothing(Throwable failure) {
        if (Failures.strip(failure) instanceof NotFoundException absent) {
            ThrowableMapper.Told told = ThrowableMapper.told(absent);
            return Response.status(told.status()).entity(told.body()).build();
        }
        throw new CompletionException(failure);
    }

    private InvocationHandler keyed(String write, Invocable invocable) {
        int body = bodyOf(invocable);
        return (resource, method, arguments) -> {
            Optional<IdempotencyKey> key = key();
            if (key.isEmpty()) {
                return method.invoke(resource, arguments);
            }
            UriInfo uri = requests.get().getUriInfo();
            Map<String, Object> path = new TreeMap<>(uri.getPathParameters());
            path.remove(JOB);
            return operations.once(
                    key.get(),
                    write,
                    Optional.ofNullable(uri.getPathParameters().getFirst(JOB)).map(JobId::new),
                    Arrays.asList(
                            path, uri.getQueryParameters(), body < 0 ? null : arguments[body]),
                    () -> stage(resource, method, arguments));
        };
    }

    /** To Jersey only what a method itself throws is a refusal. */
    private static InvocationHandler refusing(InvocationHandler handler) {
        return (resource, method, arguments) -> {
            try {
                return handler.invoke(resource, method, arguments);
            } catch (WebApplicationException e) {
                throw new InvocationTargetException(e);
            }
        };
    }

    private static CompletionStage<?> stage(Object resource, Method method, Object[] arguments) {
        try {
            Object result = method.invoke(resource, arguments);
            return result instanceof CompletionStage<?> stage
                    ? stage
                    : CompletableFuture.completedFuture(result);
        } catch (ReflectiveOperationException e) {
            return CompletableFuture.failedFuture(e.getCause() == null ? e : e.getCause());
        }
    }

    private Optional<IdempotencyKey> key() {
        String header = requests.get().getHeaderString(IdempotencyKey.HEADER);
        try {
            return Optional.ofNullable(header).map(IdempotencyKey::valueOf);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(
                    "%s: %s".formatted(IdempotencyKey.HEADER, e.getMessage()), e);
        }
    }

    private static int bodyOf(Invocable invocable) {
        for (int i = 0; i < invocable.getParameters().size(); i++) {
            if (invocable.getParameters().get(i).getSource() == Parameter.Source.ENTITY) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isStreamed(Invocable invocable) {
        return invocable.getParameters().stream()
                .anyMatch(parameter -> parameter.getRawType() == InputStream.class);
    }

    /** The methods that change something. */
    private enum Write {
        POST(POST.class),
        PUT(PUT.class),
        PATCH(PATCH.class),
        DELETE(DELETE.class);

        private final Class<? extends Annotation> annotation;

        Write(Class<? extends Annotation> annotation) {
            this.annotation = annotation;
        }

        /** Method and path of a resource method that changes something; empty for any other. */
        static Optional<String> of(Method method) {
            return Arrays.stream(values())
                    .filter(write -> method.isAnnotationPresent(write.annotation))
                    .findFirst()
                    .map(write -> write + " " + method.getAnnotation(Path.class).value());
        }
    }
}
