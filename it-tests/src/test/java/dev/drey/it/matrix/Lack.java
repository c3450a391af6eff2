package dev.drey.it.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What some versions of Flink lack: a line of {@code lacks.txt}.
 *
 * @param versions the versions
 * @param test the one that fails on them, as suite and method
 * @param symptom part of what it fails with
 * @param reason what is lacking
 */
record Lack(Set<String> versions, String test, String symptom, String reason) {

    private static final String LIST = "lacks.txt";
    private static final List<Lack> ALL = read();

    static List<Lack> all() {
        return ALL;
    }

    /** Why {@code test} fails on a version, if it is expected to. */
    static Optional<Lack> of(String version, Method test) {
        return ALL.stream()
                .filter(lack -> lack.versions().contains(version))
                .filter(lack -> lack.test().equals(name(test)))
                .findFirst();
    }

    /** How the list names a test. */
    static String name(Method test) {
        return test.getDeclaringClass().getSimpleName() + "." + test.getName();
    }

    /** Whether a failure is the one that is expected. */
    boolean explains(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains(symptom)
                || (failure.getCause() != null && explains(failure.getCause()));
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(reason, symptom);
    }

    private static List<Lack> read() {
        try (InputStream list = Lack.class.getResourceAsStream(LIST)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(Lack::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Lack parse(String line) {
        List<String> columns = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (columns.size() != 4 || columns.contains("")) {
            throw new IllegalStateException("Expected versions | test | symptom | reason: " + line);
        }
        return new Lack(
                Set.of(columns.get(0).split(" +", -1)),
                columns.get(1),
                columns.get(2),
                columns.get(3));
    }
}
