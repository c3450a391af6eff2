package dev.drey.it.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle bites: every planted difference is found, and named by its place. */
class ComparisonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "missing field          | {'a':1,'b':2}        | {'a':1}              | $.b",
                "extra field            | {'a':1}              | {'a':1,'b':2}        | $.b",
                "absent for null        | {'a':1,'b':null}     | {'a':1}              | $.b",
                "null for absent        | {'a':1}              | {'a':1,'b':null}     | $.b",
                "null for a value       | {'a':1}              | {'a':null}           | $.a",
                "another value          | {'a':1}              | {'a':2}              | $.a",
                "another text           | {'a':'x'}            | {'a':'X'}            | $.a",
                "text for a number      | {'a':1}              | {'a':'1'}            | $.a",
                "fraction for integer   | {'a':1}              | {'a':1.0}            | $.a",
                "integer for fraction   | {'a':1.0}            | {'a':1}              | $.a",
                "number for a boolean   | {'a':true}           | {'a':1}              | $.a",
                "object for an array    | {'a':[]}             | {'a':{}}             | $.a",
                "another order          | {'a':[1,2]}          | {'a':[2,1]}          | $.a[0]",
                "a shorter array        | {'a':[1,2]}          | {'a':[1]}            | $.a",
                "a longer array         | [1]                  | [1,1]                | $",
                "deep inside            | {'a':[{'b':{'c':1}}]}| {'a':[{'b':{'c':2}}]}| $.a[0].b.c",
                "a clock that stands    | {'now':5}            | {'now':6}            | $.now",
                "a clock as a text      | {'now':5}            | {'now':'5'}          | $.now",
            })
    void aPlantedDifferenceIsFound(String what, String flink, String drey, String place)
            throws Exception {
        List<String> differences =
                Comparison.differences(Set.of(), json(flink), json(drey), json(flink));

        assertThat(differences).as(what).first().asString().startsWith(place + " ");
    }

    @Test
    void everyDifferenceIsFound() throws Exception {
        assertThat(
                        Comparison.differences(
                                Set.of(),
                                json("{'a':1,'b':[1,{'c':2}]}"),
                                json("{'a':2,'b':[3,{}]}"),
                                json("{'a':1,'b':[1,{'c':2}]}")))
                .hasSize(3);
    }

    @Test
    void equalTreesAreEqualWhateverTheOrderOfTheirFields() throws Exception {
        assertThat(
                        Comparison.differences(
                                Set.of(),
                                json("{'a':[1,null,{'b':'x','c':1.5}]}"),
                                json("{'a':[1,null,{'c':1.5,'b':'x'}]}"),
                                json("{'a':[1,null,{'b':'x','c':1.5}]}")))
                .isEmpty();
    }

    @Test
    void aClockMayBeBetweenTwoReadings() throws Exception {
        assertThat(clock("{'now':5}", "{'now':6}", "{'now':7}")).isEmpty();
        assertThat(clock("{'now':5}", "{'now':7}", "{'now':7}")).isEmpty();
        assertThat(
                        clock(
                                "{'status-duration':{'RUNNING':5}}",
                                "{'status-duration':{'RUNNING':6}}",
                                "{'status-duration':{'RUNNING':7}}"))
                .isEmpty();
    }

    @Test
    void aClockMayNotBeOutsideOfThem() throws Exception {
        assertThat(clock("{'now':5}", "{'now':4}", "{'now':7}")).hasSize(1);
        assertThat(clock("{'now':5}", "{'now':8}", "{'now':7}")).hasSize(1);
        assertThat(clock("{'now':5}", "{'now':6}", "{'now':null}")).hasSize(1);
        assertThat(clock("{'now':5}", "{'now':6}", "{}")).hasSize(1);
    }

    @Test
    void whatIsNoClockMayNotMove() throws Exception {
        assertThat(clock("{'id':5}", "{'id':6}", "{'id':7}")).hasSize(1);
        assertThat(clock("{'id':5}", "{'id':7}", "{'id':7}")).hasSize(1);
    }

    @Test
    void ofWhatJumpsTheFormCounts() throws Exception {
        assertThat(jumping("{'heap':1,'list':[{'a':1}]}", "{'heap':2,'list':[]}")).isEmpty();
        assertThat(jumping("{'heap':1}", "{'heap':1.5}")).hasSize(1);
        assertThat(jumping("{'heap':1}", "{'heap':null}")).hasSize(1);
        assertThat(jumping("{'heap':1}", "{}")).hasSize(1);
        assertThat(jumping("{'heap':1}", "{'heap':1,'more':1}")).hasSize(1);
        assertThat(jumping("{'list':[{'a':1}]}", "{'list':[{'a':1},{'b':1}]}")).hasSize(2);
    }

    @Test
    void whatCouldJumpButDoesNotIsEqual() throws Exception {
        JsonNode flink = json("{'m':{'heap':1}}");

        assertThat(Comparison.differences(Set.of("m"), flink, json("{'m':{'heap':2}}"), flink))
                .hasSize(1);
    }

    @Test
    void whatHasNoOrderMayStandInAny() throws Exception {
        JsonNode flink = json("{'set':[{'id':'a','v':1},{'id':'b','v':2}]}");

        assertThat(unordered(flink, json("{'set':[{'id':'b','v':2},{'id':'a','v':1}]}"))).isEmpty();
        assertThat(unordered(flink, json("{'set':[{'id':'b','v':1},{'id':'a','v':2}]}")))
                .hasSize(2);
        assertThat(unordered(flink, json("{'set':[{'id':'b','v':2},{'id':'b','v':2}]}")))
                .isNotEmpty();
    }

    private static List<String> clock(String before, String drey, String after) throws Exception {
        return Comparison.differences(Set.of(), json(before), json(drey), json(after));
    }

    private static List<String> jumping(String flink, String drey) throws Exception {
        return Comparison.differences(
                Set.of("m"),
                json("{'m':%s}".formatted(flink)),
                json("{'m':%s}".formatted(drey)),
                json("{'m':'something else'}"));
    }

    private static List<String> unordered(JsonNode flink, JsonNode drey) {
        return Comparison.differences(Set.of(), Set.of("set"), flink, drey, flink);
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }
}
