package dev.drey.it.modes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.DreyProcess;
import dev.drey.it.cluster.HighAvailability;
import dev.drey.it.http.HttpCalls;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** JobManagers that find each other through ZooKeeper, and those who look for their leader. */
class DreyHighAvailabilityIT {

    private static final String NO_JOBS = "No running jobs.";

    @Test
    void whoeverLeadsIsFoundByEverybody() throws Exception {
        try (HighAvailability cluster = HighAvailability.configure("drey-ha");
                DreyProcess attached = cluster.attach()) {
            HttpCalls calls = new HttpCalls(attached.awaitReady());
            assertThat(calls.get("/health/ready").statusCode()).isEqualTo(503);

            cluster.startZooKeeper();
            try (DreyProcess first = cluster.jobManager("first")) {
                first.awaitReady();
                awaitReady(calls);
                assertThat(cluster.listedJobs()).contains(NO_JOBS);

                try (DreyProcess second = cluster.jobManager("second")) {
                    URI standby = second.awaitReady();
                    awaitReady(new HttpCalls(standby));

                    first.terminate();
                    assertThat(first.temporaryFolder()).isEmptyDirectory();

                    awaitReady(new HttpCalls(standby));
                    awaitReady(calls);
                    assertThat(cluster.listedJobs()).contains(NO_JOBS);

                    second.terminate();
                    assertThat(second.temporaryFolder()).isEmptyDirectory();
                    assertThat(second.errors()).isEmpty();
                }
            }
            attached.terminate();
            assertThat(attached.temporaryFolder()).isEmptyDirectory();
        }
    }

    private static void awaitReady(HttpCalls calls) throws Exception {
        Await.untilTrue("a leader answers", () -> calls.get("/health/ready").statusCode() == 200);
    }
}
