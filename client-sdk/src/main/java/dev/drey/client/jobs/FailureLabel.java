package dev.drey.client.jobs;

import static java.util.Objects.requireNonNull;

/** What a failure enricher said of a failure, such as {@code type} and {@code USER}. */
public record FailureLabel(String key, String value) {

    /**
     * @throws IllegalArgumentException if one of them is empty, or holds a comma or a colon: no
     *     cluster can be asked for it
     */
    public FailureLabel {
        requireAskable(requireNonNull(key, "key is null"));
        requireAskable(requireNonNull(value, "value is null"));
    }

    private static void requireAskable(String text) {
        if (text.isEmpty() || text.contains(",") || text.contains(":")) {
            throw new IllegalArgumentException(
                    "'%s' cannot be asked for: expected text without commas and colons"
                            .formatted(text));
        }
    }

    /** As the cluster reads it: key, colon, value. */
    @Override
    public String toString() {
        return key + ":" + value;
    }
}
