package dev.drey.model;

import java.util.Locale;
import java.util.Objects;

/** The one form that Flink's generated ids have: 16 bytes written as 32 hexadecimal digits. */
final class HexId {

    static final int DIGITS = 32;

    static String checked(String kind, String value) {
        Objects.requireNonNull(value, kind + " is null");
        if (value.length() != DIGITS || !value.chars().allMatch(HexId::isHexDigit)) {
            throw new IllegalArgumentException(
                    "'%s' is no %s: expected %d hexadecimal digits".formatted(value, kind, DIGITS));
        }
        return value.toLowerCase(Locale.ROOT);
    }

    private static boolean isHexDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private HexId() {}
}
