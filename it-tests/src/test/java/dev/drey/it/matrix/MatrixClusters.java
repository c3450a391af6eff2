package dev.drey.it.matrix;

import dev.drey.it.cluster.FlinkRelease;
import dev.drey.it.cluster.MatrixCluster;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the cluster of a version for its first suite, and stops it after its last. A suite that
 * has a cluster of its own is handed the release.
 */
final class MatrixClusters implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(MatrixClusters.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == MatrixCluster.class || type == FlinkRelease.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext owner = owner(context).orElseThrow();
        if (parameter.getParameter().getType() == FlinkRelease.class) {
            return FlinkRelease.ofMatrix(version(owner));
        }
        return owner.getStore(NAMESPACE)
                .computeIfAbsent(MatrixCluster.class, kind -> start(version(owner)));
    }

    /** The version of Flink that {@code context} is about. */
    static String versionOf(ExtensionContext context) {
        return version(owner(context).orElseThrow());
    }

    private static MatrixCluster start(String version) {
        try {
            return MatrixCluster.start(FlinkRelease.ofMatrix(version), "stock-" + version);
        } catch (Exception e) {
            throw new ParameterResolutionException("Flink %s did not start".formatted(version), e);
        }
    }

    private static String version(ExtensionContext owner) {
        return owner.getRequiredTestClass().getAnnotation(FlinkVersion.class).value();
    }

    private static Optional<ExtensionContext> owner(ExtensionContext context) {
        return context.getTestClass()
                        .filter(type -> type.isAnnotationPresent(FlinkVersion.class))
                        .isPresent()
                ? Optional.of(context)
                : context.getParent().flatMap(MatrixClusters::owner);
    }
}
