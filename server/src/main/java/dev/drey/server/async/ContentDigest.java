package dev.drey.server.async;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells whether two requests say the same: what was read of them counts, not how it was written.
 */
final class ContentDigest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonMapper IN_ORDER =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    /**
     * Of {@code parts}, each of which can be written as JSON, or is {@code null}.
     *
     * @return 64 hexadecimal digits
     */
    static String of(List<?> parts) {
        try {
            // Keys are put in order as the texts that they are written as: ids have none of their
            // own.
            Object written = JSON.convertValue(parts, Object.class);
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(IN_ORDER.writeValueAsBytes(written)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A request's content must be writable as JSON", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    private ContentDigest() {}
}
