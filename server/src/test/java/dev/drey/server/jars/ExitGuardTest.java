package dev.drey.server.jars;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.flink.util.FlinkUserCodeClassLoaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is put before the first line of {@link Runtime#exit}. */
class ExitGuardTest {

    /** Code of a user, when a user's class loader has loaded it. */
    public static final class Program implements Consumer<Runnable> {
        @Override
        public void accept(Runnable task) {
            task.run();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void userCodeCannotEndTheServer(boolean wrapped) throws Exception {
        try (URLClassLoader loader = userLoader(wrapped)) {
            Consumer<Runnable> program = program(loader);

            assertThatExceptionOfType(SecurityException.class)
                    .isThrownBy(() -> program.accept(() -> ExitGuard.RefuseUserCode.refuse(3)))
                    .withMessageContaining("System.exit(3)");
        }
    }

    @Test
    void userCodeCannotEndTheServerFromAThreadOfAnother() throws Exception {
        try (URLClassLoader loader = userLoader(true)) {
            Consumer<Runnable> program = program(loader);

            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(
                            () ->
                                    CompletableFuture.runAsync(
                                                    () ->
                                                            program.accept(
                                                                    () ->
                                                                            ExitGuard.RefuseUserCode
                                                                                    .refuse(3)))
                                            .join())
                    .withCauseInstanceOf(SecurityException.class);
        }
    }

    @Test
    void theServerCanEndItself() {
        assertThatCode(() -> new Program().accept(() -> ExitGuard.RefuseUserCode.refuse(3)))
                .doesNotThrowAnyException();
    }

    @SuppressWarnings("unchecked")
    private static Consumer<Runnable> program(ClassLoader loader) throws Exception {
        Class<?> program = Class.forName(Program.class.getName(), true, loader);
        assertThatCode(() -> Program.class.cast(program.getConstructor().newInstance()))
                .isInstanceOf(ClassCastException.class);
        return (Consumer<Runnable>) program.getConstructor().newInstance();
    }

    private static URLClassLoader userLoader(boolean wrapped) {
        URL[] tests = {ExitGuardTest.class.getProtectionDomain().getCodeSource().getLocation()};
        return FlinkUserCodeClassLoaders.childFirst(
                tests, ExitGuardTest.class.getClassLoader(), new String[0], failure -> {}, wrapped);
    }
}
