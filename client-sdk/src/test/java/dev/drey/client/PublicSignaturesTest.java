package dev.drey.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaWildcardType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the users of the SDK see: types that say what they are, and nothing of what it is made of.
 */
class PublicSignaturesTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.drey.client", "dev.drey.model");

    /**
     * Where objects of the wire, whose keys Flink or a program chooses, are still maps. May only
     * shrink.
     */
    private static final Set<String> KNOWN_MAPS = SdkRoutes.list("known-maps.txt");

    @Test
    void allAreOursOrTheJdks() {
        assertThat(owners(PublicSignaturesTest::isForeign)).isEmpty();
    }

    @Test
    void noneIsAnyObject() {
        assertThat(owners(is(Object.class))).isEmpty();
    }

    @Test
    void noneIsAMapThatIsNotKnown() {
        assertThat(owners(is(Map.class))).isEqualTo(KNOWN_MAPS);
    }

    /** The public classes whose public methods or constructors have such a type. */
    private static Set<String> owners(Predicate<JavaClass> forbidden) {
        Set<String> owners = new TreeSet<>();
        for (JavaClass owner : CLASSES) {
            if (!isPublic(owner)) {
                continue;
            }
            for (JavaCodeUnit unit : owner.getCodeUnits()) {
                if (unit.getModifiers().contains(JavaModifier.PUBLIC)
                        && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !unit.getName().equals("equals")
                        && types(unit).anyMatch(forbidden)) {
                    owners.add(owner.getName());
                }
            }
        }
        return owners;
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicSignaturesTest::isPublic).orElse(true);
    }

    private static boolean isForeign(JavaClass type) {
        String name = type.getBaseComponentType().getName();
        return name.contains(".")
                && !name.startsWith("java.")
                && !name.startsWith("javax.net.ssl.")
                && !name.startsWith("dev.drey.");
    }

    private static Predicate<JavaClass> is(Class<?> forbidden) {
        return type -> type.getBaseComponentType().isEquivalentTo(forbidden);
    }

    private static Stream<JavaClass> types(JavaCodeUnit unit) {
        return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                .flatMap(PublicSignaturesTest::classes);
    }

    /** The classes that a type is written with: a type variable is no Object. */
    private static Stream<JavaClass> classes(JavaType type) {
        if (type instanceof JavaParameterizedType parameterized) {
            return Stream.concat(
                    Stream.of(type.toErasure()),
                    parameterized.getActualTypeArguments().stream()
                            .flatMap(PublicSignaturesTest::classes));
        }
        if (type instanceof JavaWildcardType wildcard) {
            return Stream.concat(
                            wildcard.getUpperBounds().stream(), wildcard.getLowerBounds().stream())
                    .flatMap(PublicSignaturesTest::classes);
        }
        return type instanceof JavaClass written ? Stream.of(written) : Stream.empty();
    }
}
