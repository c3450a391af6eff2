package dev.drey.it.cluster;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a cluster to every suite that asks for one. Each kind is started when it is first asked
 * for, serves all suites of the build, and is stopped after the last of them.
 */
public final class Clusters implements ParameterResolver {

    /** Otherwise whoever waits for what a job does waits for what is kept of it, too. */
    public static final List<String> FRESH =
            List.of(
                    "rest.cache.execution-graph.timeout=100 ms",
                    "rest.cache.checkpoint-statistics.timeout=100 ms");

    private static final Namespace NAMESPACE = Namespace.create(Clusters.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Cluster.class.isAssignableFrom(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> kind = parameter.getParameter().getType();
        Store store = context.getRoot().getStore(NAMESPACE);
        return store.computeIfAbsent(kind, Clusters::start);
    }

    private static Object start(Class<?> kind) {
        try {
            if (kind == DreyCluster.class) {
                return DreyCluster.start();
            }
            if (kind == DreyJobManagerCluster.class) {
                return DreyJobManagerCluster.start("drey-jobmanager", lines(FRESH));
            }
            if (kind == AttachedDrey.class) {
                return AttachedDrey.start(
                        "drey-attached", StockCluster.start("attached-to", lines(FRESH)));
            }
            if (kind == StockCluster.class) {
                return StockCluster.start("stock", lines(FRESH));
            }
        } catch (Exception e) {
            throw new ParameterResolutionException("%s did not start".formatted(kind), e);
        }
        throw new ParameterResolutionException("There is no way to start a " + kind);
    }

    /** Options, each {@code key=value}, as lines of {@code config.yaml}. */
    public static String[] lines(List<String> options) {
        return options.stream()
                .map(option -> option.replaceFirst("=", ": "))
                .toArray(String[]::new);
    }
}
