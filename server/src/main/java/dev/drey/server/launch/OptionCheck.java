package dev.drey.server.launch;

import dev.drey.server.DreyOptions;
import dev.drey.server.error.Failures;
import dev.drey.server.error.StartupException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * Reads every known option once at the start: Flink would read some only when the first job comes.
 */
final class OptionCheck {

    private static final List<Class<?>> OPTIONS =
            List.of(
                    BlobServerOptions.class,
                    CheckpointingOptions.class,
                    ClusterOptions.class,
                    CoreOptions.class,
                    HeartbeatManagerOptions.class,
                    HighAvailabilityOptions.class,
                    JobManagerOptions.class,
                    MetricOptions.class,
                    NettyShuffleEnvironmentOptions.class,
                    PipelineOptions.class,
                    ResourceManagerOptions.class,
                    RestOptions.class,
                    RpcOptions.class,
                    SecurityOptions.class,
                    StateBackendOptions.class,
                    TaskManagerOptions.class,
                    WebOptions.class,
                    DreyOptions.class);

    static void requireReadable(Configuration configuration) throws StartupException {
        for (Class<?> holder : OPTIONS) {
            for (Field field : holder.getFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        && ConfigOption.class.isAssignableFrom(field.getType())) {
                    requireReadable(configuration, option(field));
                }
            }
        }
    }

    private static void requireReadable(Configuration configuration, ConfigOption<?> option)
            throws StartupException {
        try {
            configuration.getOptional(option);
        } catch (IllegalArgumentException e) {
            throw new StartupException(
                    "%s: '%s' makes no sense (%s): correct it"
                            .formatted(
                                    option.key(),
                                    GlobalConfiguration.isSensitive(option.key())
                                            ? GlobalConfiguration.HIDDEN_CONTENT
                                            : configuration.getString(option.key(), ""),
                                    Failures.line(Failures.root(e))),
                    e);
        }
    }

    private static ConfigOption<?> option(Field field) {
        try {
            return (ConfigOption<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("getFields gives public fields", e);
        }
    }

    private OptionCheck() {}
}
