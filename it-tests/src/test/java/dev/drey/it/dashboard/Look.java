package dev.drey.it.dashboard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What there is to see of a page.
 *
 * @param texts of the visible elements of each selector, masked
 * @param failures requests that have failed, masked
 * @param errors what the browser's console calls severe, masked
 * @param atRest whether the page waits for no answer, and nothing on it moves
 */
record Look(
        Map<String, List<String>> texts, Set<String> failures, Set<String> errors, boolean atRest) {

    /** What keeps this, on Drey, from being as good as {@code stock}; empty: nothing. */
    List<String> faults(Page page, Look stock) {
        List<String> faults = new ArrayList<>();
        if (!stock.atRest || !atRest) {
            faults.add("it is not at rest on %s yet".formatted(atRest ? "stock" : "Drey"));
        }
        for (String selector : page.same()) {
            compare(selector, stock.texts.get(selector), texts.get(selector), faults);
        }
        for (String selector : page.sameInAnyOrder()) {
            compare(selector, sorted(stock, selector), sorted(this, selector), faults);
        }
        for (String selector : page.present()) {
            if (stock.texts.get(selector).isEmpty()) {
                faults.add("%s is not on stock".formatted(selector));
            } else if (hasText(stock, selector) != hasText(this, selector)
                    || texts.get(selector).isEmpty()) {
                faults.add("%s is %s on Drey".formatted(selector, texts.get(selector)));
            }
        }
        without(failures, stock.failures)
                .forEach(failure -> faults.add("only on Drey: " + failure));
        without(errors, stock.errors).forEach(error -> faults.add("only on Drey: " + error));
        return faults;
    }

    private static void compare(
            String selector, List<String> stock, List<String> drey, List<String> faults) {
        if (stock.stream().allMatch(String::isEmpty)) {
            faults.add("%s has no text on stock".formatted(selector));
        } else if (!stock.equals(drey)) {
            faults.add("%s%n   on stock %s%n   on Drey  %s".formatted(selector, stock, drey));
        }
    }

    private static List<String> sorted(Look look, String selector) {
        return look.texts.get(selector).stream().sorted().toList();
    }

    private static boolean hasText(Look look, String selector) {
        return look.texts.get(selector).stream().anyMatch(text -> !text.isEmpty());
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
