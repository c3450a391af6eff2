package dev.drey.server;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationHandler;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;

/** Lets a resource method return a {@link View}: Jersey sees the future answer that renders it. */
final class ViewDispatch implements ResourceMethodInvocationHandlerProvider {

    private final ViewRenderer renderer;

    ViewDispatch(ViewRenderer renderer) {
        this.renderer = requireNonNull(renderer, "renderer is null");
    }

    @Override
    public InvocationHandler create(Invocable invocable) {
        if (!View.class.equals(invocable.getRawResponseType())) {
            return null;
        }
        return (resource, method, arguments) ->
                renderer.render((View) method.invoke(resource, arguments));
    }
}
