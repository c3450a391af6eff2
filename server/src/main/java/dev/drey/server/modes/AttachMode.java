package dev.drey.server.modes;

import dev.drey.client.transport.TlsSettings;
import dev.drey.server.DreyOptions;
import dev.drey.server.error.Failures;
import dev.drey.server.error.StartupException;
import dev.drey.server.http.Tls;
import dev.drey.server.jobmanager.ClusterRestEndpoint;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.apache.flink.util.NetUtils;

/**
 * Only the endpoint in this process, for a cluster that runs in others. The configuration is the
 * cluster's, so that one file serves both.
 */
public final class AttachMode {

    private static final int HIGHEST_PORT = 65_535;

    /**
     * Starts the endpoint, and returns when it is there, whether the cluster is or not.
     *
     * @throws StartupException if it cannot; its message is for the user
     */
    public static RunningServer start(Configuration clusters) throws StartupException {
        ClusterRestEndpoint rest = restEndpoint(clusters);
        boolean highlyAvailable =
                HighAvailabilityMode.fromConfig(clusters) != HighAvailabilityMode.NONE;
        if (!highlyAvailable) {
            requireJobManager(clusters);
            if (!clusters.contains(DreyOptions.ATTACH_REST_URL)) {
                requireAnotherPort(clusters);
            }
        }
        String host = ownHost();
        return AttachedCluster.start(clusters, own(clusters, host), host, rest);
    }

    private static ClusterRestEndpoint restEndpoint(Configuration clusters)
            throws StartupException {
        String key = DreyOptions.ATTACH_REST_URL.key();
        TlsSettings tls = tls(clusters);
        try {
            return clusters.getOptional(DreyOptions.ATTACH_REST_URL)
                    .map(uri -> new ClusterRestEndpoint(uri, tls))
                    .orElseGet(() -> new ClusterRestEndpoint(tls));
        } catch (IllegalArgumentException e) {
            throw new StartupException(key + ": " + Failures.line(e), e);
        }
    }

    private static TlsSettings tls(Configuration clusters) throws StartupException {
        boolean wanted =
                SecurityOptions.isRestSSLEnabled(clusters)
                        || clusters.getOptional(DreyOptions.ATTACH_REST_URL)
                                .filter(uri -> uri.startsWith("https:"))
                                .isPresent();
        if (!wanted) {
            return TlsSettings.DEFAULT;
        }
        TlsSettings tls = TlsSettings.of(Tls.ofClient(clusters));
        return Tls.verifiesHosts(clusters) ? tls : tls.withoutHostnameVerification();
    }

    private static void requireJobManager(Configuration clusters) throws StartupException {
        if (!clusters.contains(JobManagerOptions.ADDRESS)) {
            throw new StartupException(
                    "%s is not set: name the host of the JobManager, or the HA services that know its leader"
                            .formatted(JobManagerOptions.ADDRESS.key()));
        }
        int port = clusters.get(JobManagerOptions.PORT);
        if (port <= 0 || port > HIGHEST_PORT) {
            throw new StartupException(
                    "%s: %d is no port of a JobManager: name the one that it listens on"
                            .formatted(JobManagerOptions.PORT.key(), port));
        }
    }

    /**
     * Started before a cluster on the same machine, it would take the port of the cluster's own
     * endpoint, and then ask itself for what only that one knows.
     */
    private static void requireAnotherPort(Configuration clusters) throws StartupException {
        int port = clusters.get(RestOptions.PORT);
        if (mayTake(clusters, port) && isHere(clusters.get(RestOptions.ADDRESS))) {
            throw new StartupException(
                    "%s: %d on this machine is for the cluster's own REST endpoint: give Drey another with -D %s=PORT"
                            .formatted(RestOptions.PORT.key(), port, RestOptions.BIND_PORT.key()));
        }
    }

    private static boolean mayTake(Configuration clusters, int port) {
        String ports = clusters.getOptional(RestOptions.BIND_PORT).orElse(String.valueOf(port));
        try {
            Iterable<Integer> candidates = () -> NetUtils.getPortRangeFromString(ports);
            return StreamSupport.stream(candidates.spliterator(), false)
                    .anyMatch(candidate -> candidate == port);
        } catch (RuntimeException e) {
            // Whoever binds it explains what is wrong with it.
            return false;
        }
    }

    private static boolean isHere(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (UnknownHostException | SocketException e) {
            // A cluster that is not there yet may have no name yet.
            return false;
        }
    }

    /**
     * What differs from the cluster's: this process is reached elsewhere, has its own files, and
     * leaves alone what the JobManagers share.
     */
    private static Configuration own(Configuration clusters, String host) {
        Configuration own = new Configuration(clusters);
        own.set(RestOptions.ADDRESS, host);
        own.set(HighAvailabilityOptions.HA_MODE, HighAvailabilityMode.NONE.name());
        own.set(
                WebOptions.TMP_DIR,
                Path.of(clusters.get(WebOptions.TMP_DIR), "drey-web-" + UUID.randomUUID())
                        .toString());
        return own;
    }

    private static String ownHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress().getHostAddress();
        }
    }

    private AttachMode() {}
}
