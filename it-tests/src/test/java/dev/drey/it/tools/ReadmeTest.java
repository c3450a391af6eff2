package dev.drey.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README shows the code of the programs, and of each of them. */
class ReadmeTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    private static final String FOLDER = "src/test/java/dev/drey/it/tools";
    private static final Pattern LINK_OR_CODE =
            Pattern.compile("\\(it-tests/" + FOLDER + "/(\\w+)\\.java\\)|(?s)```java\n(.*?)```");

    @Test
    void shownCodeIsThatOfThePrograms() throws IOException {
        Map<String, List<String>> shown = shown();

        assertThat(shown.keySet()).isEqualTo(programs());
        for (Map.Entry<String, List<String>> program : shown.entrySet()) {
            assertThat(program.getValue()).as(program.getKey()).isNotEmpty();
            assertThat(normalized(source(program.getKey())))
                    .contains(program.getValue().stream().map(ReadmeTest::normalized).toList());
        }
    }

    /** The code that follows the link to a program. */
    private static Map<String, List<String>> shown() throws IOException {
        Map<String, List<String>> shown = new TreeMap<>();
        List<String> current = new ArrayList<>();
        Matcher found =
                LINK_OR_CODE.matcher(Files.readString(MODULE.resolve("..").resolve("README.md")));
        while (found.find()) {
            if (found.group(1) != null) {
                current = shown.computeIfAbsent(found.group(1), program -> new ArrayList<>());
            } else {
                current.add(found.group(2));
            }
        }
        return shown;
    }

    private static Set<String> programs() throws IOException {
        try (Stream<Path> files = Files.list(MODULE.resolve(FOLDER))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .filter(name -> isProgram(source(name)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean isProgram(String source) {
        return source.matches("(?s).* void main\\(.*");
    }

    private static String source(String program) {
        try {
            return Files.readString(MODULE.resolve(FOLDER).resolve(program + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String normalized(String code) {
        return code.replaceAll("\\s+", "");
    }
}
