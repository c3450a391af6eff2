package dev.drey.it.cluster;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.transport.TlsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A live cluster: all that a black-box suite knows of it. */
public interface Cluster {

    /** The Flink that Drey is built against. */
    String NEWEST_FLINK = "2.3.0";

    /** Where its API is. */
    URI uri();

    /** The Flink that it runs. */
    default String flinkVersion() {
        return NEWEST_FLINK;
    }

    /** What it is configured to have as {@code web.refresh-interval}. */
    default Duration refreshInterval() {
        return Duration.ofSeconds(3);
    }

    /** The example programs, built against the Flink that it runs. */
    default Path jobJar() {
        return Artifacts.jobJar();
    }

    /** How it is spoken to if it speaks TLS. */
    default TlsSettings tls() {
        return TlsSettings.DEFAULT;
    }

    /** A new client of it, which the caller closes. */
    default FlinkMonitoringClient client() {
        return FlinkMonitoringClient.builder().endpoint(uri().toString()).tls(tls()).build();
    }
}
