package dev.drey.it.cluster;

import dev.drey.client.FlinkMonitoringClient;
import java.net.URI;

/** A live cluster: all that a black-box suite knows of it. */
public interface Cluster {

    /** Where its API is. */
    URI uri();

    /** A new client of it, which the caller closes. */
    default FlinkMonitoringClient client() {
        return FlinkMonitoringClient.builder().endpoint(uri().toString()).build();
    }
}
