package dev.drey.it.matrix;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Skips a test on a version that lacks what it asks for. It is run all the same and has to fail as
 * the list says, so that the list says nothing that does not hold any more. There is no other skip.
 */
final class LacksExtension implements InvocationInterceptor {

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> test,
            ExtensionContext context)
            throws Throwable {
        String version = MatrixClusters.versionOf(context);
        Optional<Lack> lack = Lack.of(version, test.getExecutable());
        try {
            invocation.proceed();
        } catch (TestAbortedException e) {
            throw new AssertionError("A skip that no list knows of", e);
        } catch (Throwable failure) {
            if (lack.filter(known -> known.explains(failure)).isEmpty()) {
                throw failure;
            }
            throw new TestAbortedException(
                    "Flink %s lacks it: %s".formatted(version, lack.get()), failure);
        }
        if (lack.isPresent()) {
            throw new AssertionError(
                    "Flink %s has what the list says it lacks: %s".formatted(version, lack.get()));
        }
    }
}
