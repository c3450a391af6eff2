package dev.drey.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LackTest {

    private static final List<Class<?>> VERSIONS =
            List.of(
                    Flink118Matrix.class,
                    Flink119Matrix.class,
                    Flink120Matrix.class,
                    Flink20Matrix.class,
                    Flink22Matrix.class);

    @Test
    void everyLackIsOfATestAndOfVersionsThatAreRun() {
        Set<String> versions =
                VERSIONS.stream()
                        .map(type -> type.getAnnotation(FlinkVersion.class).value())
                        .collect(Collectors.toSet());
        Set<String> tests =
                Arrays.stream(MatrixSuites.class.getDeclaredClasses())
                        .flatMap(suite -> Stream.of(suite.getSuperclass().getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(Lack::name)
                        .collect(Collectors.toSet());

        assertThat(Lack.all())
                .isNotEmpty()
                .allSatisfy(
                        lack -> {
                            assertThat(versions).containsAll(lack.versions());
                            assertThat(tests).contains(lack.test());
                        });
    }

    @Test
    void aTestHasOneReasonAtMostOnEachVersion() {
        assertThat(
                        Lack.all().stream()
                                .flatMap(
                                        lack ->
                                                lack.versions().stream()
                                                        .map(version -> version + lack.test())))
                .doesNotHaveDuplicates();
    }

    @Test
    void aFailureIsExplainedByItselfOrItsCauses() {
        Lack lack = new Lack(Set.of("1.18.1"), "ASuite.aTest", "answered 404", "no such route");

        assertThat(lack.explains(new AssertionError("GET /x answered 404: Not found"))).isTrue();
        assertThat(
                        lack.explains(
                                new AssertionError(
                                        "Expected an answer",
                                        new IllegalStateException("it answered 404"))))
                .isTrue();
        assertThat(lack.explains(new AssertionError("GET /x answered 500"))).isFalse();
        assertThat(lack.explains(new AssertionError())).isFalse();
    }
}
