package dev.drey.it.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LookTest {

    private static final Page PAGE = Page.at("page", "/").same("td").present("canvas");
    private static final Look STOCK = look(List.of("a", "b"), List.of(""));

    @Test
    void whatIsTheSameHasNoFault() {
        assertThat(STOCK.faults(PAGE, STOCK)).isEmpty();
    }

    @Test
    void anotherTextIsAFault() {
        assertThat(look(List.of("a", "c"), List.of("")).faults(PAGE, STOCK))
                .singleElement()
                .asString()
                .contains("[a, b]", "[a, c]");
    }

    @Test
    void theOrderIsAFaultUnlessItIsLeftToChance() {
        Look turned = look(List.of("b", "a"), List.of(""));

        assertThat(turned.faults(PAGE, STOCK)).hasSize(1);
        assertThat(turned.faults(Page.at("page", "/").sameInAnyOrder("td"), STOCK)).isEmpty();
    }

    @Test
    void whatIsMissingIsAFault() {
        assertThat(look(List.of("a", "b"), List.of()).faults(PAGE, STOCK)).hasSize(1);
    }

    @Test
    void aSelectorWithoutSenseIsAFaultThoughBothAreTheSame() {
        Look empty = look(List.of(), List.of());

        assertThat(empty.faults(PAGE, empty)).hasSize(2).allMatch(fault -> fault.contains("stock"));
    }

    @Test
    void failuresThatStockHasNotAreFaults() {
        Look drey =
                new Look(
                        STOCK.texts(),
                        Set.of("GET /a -> 404", "GET /b -> 404"),
                        Set.of("TypeError"),
                        true);
        Look stock = new Look(STOCK.texts(), Set.of("GET /b -> 404"), Set.of(), true);

        assertThat(drey.faults(PAGE, stock))
                .containsExactly("only on Drey: GET /a -> 404", "only on Drey: TypeError");
    }

    @Test
    void aPageThatIsNotAtRestIsNotComparedYet() {
        Look restless = new Look(STOCK.texts(), Set.of(), Set.of(), false);

        assertThat(restless.faults(PAGE, STOCK)).hasSize(1);
        assertThat(STOCK.faults(PAGE, restless)).hasSize(1);
    }

    private static Look look(List<String> cells, List<String> canvases) {
        return new Look(Map.of("td", cells, "canvas", canvases), Set.of(), Set.of(), true);
    }
}
