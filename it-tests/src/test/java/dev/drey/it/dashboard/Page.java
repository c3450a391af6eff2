package dev.drey.it.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A page of the dashboard, and what of it is looked at.
 *
 * @param address below the dashboard's root, with {@code {names}} of what a {@link Scene} has;
 *     {@code null}: where the browser is
 * @param steps what a user does there
 * @param same selectors of elements that are to have the text that they have on stock
 * @param sameInAnyOrder selectors of which that holds but for the order, which the dashboard leaves
 *     to chance
 * @param present selectors of elements that are to be there, and to have some text if they have on
 *     stock
 */
record Page(
        String name,
        String address,
        List<Consumer<Browser>> steps,
        List<String> same,
        List<String> sameInAnyOrder,
        List<String> present) {

    static Page at(String name, String address) {
        return new Page(name, address, List.of(), List.of(), List.of(), List.of());
    }

    /** What comes after the page before. */
    static Page here(String name) {
        return at(name, null);
    }

    Page click(String selector) {
        return click(selector, "");
    }

    /** On the first such element that has {@code text} in its own. */
    Page click(String selector, String text) {
        return step(browser -> browser.click(selector, text));
    }

    /** In place of what a field says. */
    Page type(String selector, String text) {
        return step(browser -> browser.type(selector, text));
    }

    /** Until such an element has {@code text} in its own. */
    Page wait(String selector, String text) {
        return step(browser -> browser.awaitText(selector, text));
    }

    /** Until there is none. */
    Page waitWithout(String selector) {
        return step(browser -> browser.awaitNone(selector));
    }

    Page step(Consumer<Browser> step) {
        return new Page(name, address, plus(steps, List.of(step)), same, sameInAnyOrder, present);
    }

    Page same(String... selectors) {
        return new Page(
                name, address, steps, plus(same, List.of(selectors)), sameInAnyOrder, present);
    }

    Page sameInAnyOrder(String... selectors) {
        return new Page(
                name, address, steps, same, plus(sameInAnyOrder, List.of(selectors)), present);
    }

    Page present(String... selectors) {
        return new Page(
                name, address, steps, same, sameInAnyOrder, plus(present, List.of(selectors)));
    }

    /** All that is looked at. */
    List<String> selectors() {
        return plus(plus(same, sameInAnyOrder), present);
    }

    private static <T> List<T> plus(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    @Override
    public String toString() {
        return name;
    }
}
