package dev.drey.it.cluster;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.entrypoint.ClusterEntrypoint;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;

/**
 * Flink's JobManager of a session cluster, in which reactive mode is allowed. Flink allows it only
 * where there is one job, which a test has too.
 */
public final class ReactiveSession {

    /**
     * Starts it.
     *
     * @param arguments {@code --configDir}, and the folder
     */
    public static void main(String[] arguments) {
        ClusterEntrypoint.runClusterEntrypoint(
                new Entrypoint(GlobalConfiguration.loadConfiguration(arguments[1])));
    }

    /** Apart, so that who only names the program needs no Flink. */
    private static final class Entrypoint extends StandaloneSessionClusterEntrypoint {

        Entrypoint(Configuration configuration) {
            super(configuration);
        }

        @Override
        protected boolean supportsReactiveMode() {
            return true;
        }
    }

    private ReactiveSession() {}
}
