package dev.drey.server;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.GlobalConfiguration;

/** Flink's own list of what its options must have in their keys to be hidden. */
public final class SensitiveKeys {

    /** An option for each of the list. */
    public static List<String> all() {
        try {
            Field list = GlobalConfiguration.class.getDeclaredField("SENSITIVE_KEYS");
            list.setAccessible(true);
            return Arrays.stream((String[]) list.get(null))
                    .map(part -> "my." + part + ".x")
                    .toList();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Flink keeps its list elsewhere", e);
        }
    }

    private SensitiveKeys() {}
}
