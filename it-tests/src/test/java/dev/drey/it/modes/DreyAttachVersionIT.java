package dev.drey.it.modes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.DreyProcess;
import dev.drey.it.http.HttpCalls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the cluster's own REST endpoint is asked for, and what its answer does. */
@ExtendWith(Clusters.class)
class DreyAttachVersionIT {

    private final AttachedDrey attached;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private HttpServer rest;

    DreyAttachVersionIT(AttachedDrey attached) {
        this.attached = attached;
    }

    @BeforeEach
    void start() throws Exception {
        rest = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @AfterEach
    void stop() {
        rest.stop(0);
    }

    @Test
    void anotherVersionIsRefusedAndBothAreNamed() throws Exception {
        runs("/opt/flink/lib/flink-dist-2.2.1.jar");
        try (DreyProcess drey = attach("drey-attach-other-version")) {
            HttpCalls calls = new HttpCalls(drey.awaitReady());
            Await.untilTrue("the version is known", () -> says(calls.get("/jobs"), "2.2.1"));

            for (String path : List.of("/overview", "/jars", "/health/ready", "/", "/no/route")) {
                HttpResponse<String> refusal = calls.get(path);
                assertThat(refusal.statusCode()).as(path).isEqualTo(503);
                assertThat(says(refusal, "2.2.1")).as(refusal.body()).isTrue();
                assertThat(says(refusal, "2.3.0")).as(refusal.body()).isTrue();
            }
            assertThat(calls.get("/health/live").statusCode()).isEqualTo(200);
            drey.terminate();
        }
        assertThat(asked).containsExactly("/v1/jobmanager/environment");
    }

    @Test
    void aVersionThatCannotBeToldIsServed() throws Exception {
        runs("/opt/flink/lib/something-else.jar");
        try (DreyProcess drey = attach("drey-attach-unknown-version")) {
            HttpCalls calls = new HttpCalls(drey.awaitReady());
            Await.untilTrue(
                    "the cluster is served", () -> calls.get("/overview").statusCode() == 200);

            for (String path : List.of("/jobs/overview", "/taskmanagers", "/jars", "/config")) {
                assertThat(calls.get(path).statusCode()).as(path).isEqualTo(200);
            }
            drey.terminate();
        }
        assertThat(asked).containsExactly("/v1/jobmanager/environment");
    }

    private static boolean says(HttpResponse<String> answer, String text) {
        return answer.statusCode() == 503 && HttpCalls.errors(answer).get(0).contains(text);
    }

    private DreyProcess attach(String name) {
        List<String> arguments = new ArrayList<>(attached.cluster().attachArguments());
        arguments.add("-D");
        arguments.add("drey.attach.rest-url=http://127.0.0.1:" + rest.getAddress().getPort());
        return DreyProcess.start(name, arguments.toArray(String[]::new));
    }

    private void runs(String classPath) {
        byte[] body = "{\"classpath\":[\"%s\"]}".formatted(classPath).getBytes(UTF_8);
        rest.createContext(
                "/",
                exchange -> {
                    asked.add(exchange.getRequestURI().getPath());
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        rest.start();
    }
}
