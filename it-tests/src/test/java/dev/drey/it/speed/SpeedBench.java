package dev.drey.it.speed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.ChildProcess;
import dev.drey.it.cluster.ProcessCluster.JobManager;
import dev.drey.it.speed.SpeedTable.Round;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How fast Drey answers, beside stock Flink and what Jersey on Grizzly can, in one run. */
class SpeedBench {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("bench.seconds", 2));
    private static final Duration WARM_UP =
            Duration.ofSeconds(Integer.getInteger("bench.warmup.seconds", 3));
    private static final int WARM_UP_CONNECTIONS = 16;

    /** Longer than any probe; the load of a probe is ended with it. */
    private static final Duration LOAD_OF_A_PROBE = Duration.ofMinutes(5);

    private static final List<Integer> CONNECTIONS = List.of(1, 16, 200);
    private static final List<String> FLAGS = List.of("-Xms1g", "-Xmx1g");

    private static final List<String> ROUTES =
            List.of(
                    "/config",
                    "/overview",
                    "/jobs/overview",
                    "/jobs/:jobid",
                    "/jobs/:jobid/plan",
                    "/jobs/:jobid/checkpoints",
                    "/jobs/:jobid/exceptions",
                    "/jobs/:jobid/vertices/:vertexid",
                    "/taskmanagers");

    private final HttpClient http = HttpClient.newHttpClient();
    private final SpeedTable table = new SpeedTable(CONNECTIONS);

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void measuresDreyBesideStockFlinkAndTheCeiling() throws Exception {
        Path report = Artifacts.report("bench.md");
        Files.deleteIfExists(report);
        Wrk.requireInstalled();
        Wrk wrk = new Wrk();
        try (MeasuredCluster stock = MeasuredCluster.start(JobManager.STOCK, FLAGS);
                MeasuredCluster drey = MeasuredCluster.start(JobManager.DREY, FLAGS)) {
            List<String> routes = servedRoutes(stock, drey);
            for (String route : routes) {
                wrk.measure(stock.uri(route), WARM_UP_CONNECTIONS, WARM_UP);
                wrk.measure(drey.uri(route), WARM_UP_CONNECTIONS, WARM_UP);
            }
            // From here on there is a job that has ended, and the list of jobs is as long as later.
            new Freshness(JobManager.STOCK, stock).probe();
            new Freshness(JobManager.DREY, drey).probe();
            List<byte[]> bodies = new ArrayList<>();
            for (String route : routes) {
                byte[] body = get(drey.uri(route)).body();
                bodies.add(body);
                table.route(route, body.length);
            }
            try (CeilingProcess ceiling = CeilingProcess.start(FLAGS, routes, bodies)) {
                for (String route : routes) {
                    wrk.measure(ceiling.uri(route), WARM_UP_CONNECTIONS, WARM_UP);
                }
                compare(wrk, routes, stock, drey, ceiling);
            }
        }
        System.out.println(table.ratios());
        Files.writeString(
                report,
                """
                Medians of %d rounds of %d s.

                %s
                Every round:

                %s"""
                        .formatted(ROUNDS, LOAD.toSeconds(), table.ratios(), table.rounds()));
    }

    private void compare(
            Wrk wrk,
            List<String> routes,
            MeasuredCluster stock,
            MeasuredCluster drey,
            CeilingProcess ceiling)
            throws Exception {
        Freshness ofStock = new Freshness(JobManager.STOCK, stock);
        Freshness ofDrey = new Freshness(JobManager.DREY, drey);
        for (int round = 0; round < ROUNDS; round++) {
            for (int row = 0; row < routes.size(); row++) {
                String route = routes.get(row);
                for (int connections : CONNECTIONS) {
                    table.add(
                            route,
                            connections,
                            new Round(
                                    wrk.measure(stock.uri(route), connections, LOAD),
                                    wrk.measure(drey.uri(route), connections, LOAD),
                                    wrk.measure(ceiling.uri(route), connections, LOAD)));
                }
                int connections = CONNECTIONS.get((round + row) % CONNECTIONS.size());
                probeUnderLoad(wrk, stock.uri(route), connections, ofStock);
                probeUnderLoad(wrk, drey.uri(route), connections, ofDrey);
                stock.requireAlive();
                drey.requireAlive();
                ceiling.requireAlive();
            }
        }
        table.note(
                "Under load, %d reads of Drey and %d of stock were compared with the write before them: each showed it."
                        .formatted(ofDrey.comparisons(), ofStock.comparisons()));
    }

    private static void probeUnderLoad(Wrk wrk, URI uri, int connections, Freshness freshness)
            throws Exception {
        try (ChildProcess load = wrk.start(uri, connections, LOAD_OF_A_PROBE)) {
            freshness.probe();
            load.requireAlive();
        }
    }

    private List<String> servedRoutes(MeasuredCluster stock, MeasuredCluster drey)
            throws Exception {
        List<String> served = new ArrayList<>();
        for (String route : ROUTES) {
            assertThat(get(stock.uri(route)).statusCode()).as(route).isEqualTo(200);
            int status = get(drey.uri(route)).statusCode();
            if (status == 404) {
                table.note("`%s` is not served by Drey yet.".formatted(route));
            } else {
                assertThat(status).as(route).isEqualTo(200);
                served.add(route);
            }
        }
        return served;
    }

    private HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    }
}
