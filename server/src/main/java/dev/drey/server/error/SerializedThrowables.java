package dev.drey.server.error;

import dev.drey.model.error.SerializedThrowable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.apache.flink.util.InstantiationUtil;

/** The cause of a failed operation or job, as Flink's own client expects it. */
public final class SerializedThrowables {

    /** {@code failure} as a message. */
    public static SerializedThrowable of(Throwable failure) {
        return ofSerialized(new org.apache.flink.util.SerializedThrowable(failure));
    }

    /** A failure that the cluster has wrapped already: another wrapper would change its message. */
    public static SerializedThrowable ofSerialized(
            org.apache.flink.util.SerializedThrowable failure) {
        try {
            return new SerializedThrowable(
                    failure.getOriginalErrorClassName(),
                    failure.getFullStringifiedStackTrace(),
                    Base64.getEncoder().encodeToString(InstantiationUtil.serializeObject(failure)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SerializedThrowables() {}
}
