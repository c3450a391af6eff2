package dev.drey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer.Answer;
import dev.drey.server.TestServer.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeldAnswersTest {

    private static final String APPLIED = "Preference-Applied";
    private static final String LONG = "Prefer: wait=60";
    private static final String NOT_AT_ALL = "Prefer: wait=0";

    private final Map<JobID, JobStatus> jobs = new ConcurrentHashMap<>();
    private final Map<JobID, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final JobID job = running();

    @AutoClose
    private final TestServer server =
            cluster()
                    .set(DreyOptions.WAIT_MAX, 1)
                    .dispatcher(dispatcher -> dispatcher.setRequestJobStatusFunction(this::status))
                    .start();

    TestServer.Builder cluster() {
        return TestServer.cluster();
    }

    @Test
    void anAnswerIsHeldUntilThereIsWhatIsWaitedFor() {
        try (Connection client = hold(job)) {

            jobs.put(job, JobStatus.FAILING);

            Answer answer = client.read().expect(200);
            assertThat(answer.body()).isEqualTo("{\"status\":\"FAILING\"}");
            assertThat(answer.header(APPLIED)).isEqualTo("wait=60");
        }
    }

    @Test
    void whenTheTimeIsOverTheAnswerIsWhatThereIs() {
        Answer answer = server.get(path(job), "Prefer: wait=1").expect(200);

        assertThat(answer.body()).isEqualTo("{\"status\":\"RUNNING\"}");
        assertThat(answer.header(APPLIED)).isEqualTo("wait=1");
    }

    @Test
    void whatIsThereAlreadyIsAnsweredAtOnce() {
        jobs.put(job, JobStatus.RESTARTING);

        Answer answer = server.get(path(job), "Prefer: wait=1000").expect(200);

        assertThat(answer.body()).isEqualTo("{\"status\":\"RESTARTING\"}");
        assertThat(answer.header(APPLIED)).as("the longest wait").isEqualTo("wait=60");
    }

    @Test
    void nobodyWaitsForAJobThatHasEndedForGood() {
        jobs.put(job, JobStatus.FINISHED);

        assertThat(server.get("/jobs/" + job + "/status?not=FINISHED", LONG).expect(200).body())
                .isEqualTo("{\"status\":\"FINISHED\"}");
    }

    @Test
    void anUnknownJobIsNotWaitedFor() {
        JobID unknown = new JobID();

        assertThat(server.get(path(unknown), LONG).refused(404)).contains(unknown.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "?not=RUNNING, Prefer: wait=soon",
        "?not=RUNNING, Prefer: wait=-1",
        "?not=RUNNING, Prefer: respond-async",
        "'', Prefer: wait=60"
    })
    void whoDoesNotSayWhatAndHowLongIsAnsweredAtOnce(String query, String header) {
        Answer answer = server.get("/jobs/" + job + "/status" + query, header).expect(200);

        assertThat(answer.body()).isEqualTo("{\"status\":\"RUNNING\"}");
        assertThat(answer.headers()).doesNotContainKey(APPLIED.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DONE", "RUNNING,FAILED"})
    void aStatusThatIsNoneIsRefused(String status) {
        assertThat(server.get("/jobs/" + job + "/status?not=" + status).refused(400))
                .startsWith("Parameter 'not': '%s' is no status of a job".formatted(status))
                .contains("RUNNING", "CANCELED");
    }

    @Test
    void beyondTheLimitTheAnswerComesAtOnce() {
        try (Connection held = hold(job)) {
            Answer answer = server.get(path(job), LONG).expect(200);

            assertThat(answer.body()).isEqualTo("{\"status\":\"RUNNING\"}");
            assertThat(answer.header(APPLIED)).isNull();
            jobs.put(job, JobStatus.CANCELED);
            assertThat(held.read().body()).isEqualTo("{\"status\":\"CANCELED\"}");
        }
    }

    @Test
    void aClientThatHangsUpGivesItsPlaceAwayAndItsJobIsAskedForNoMore() {
        JobID other = running();
        hold(job).close();
        TestServer.await("the place is free", this::isPlace);
        int before = timesAsked(job);

        try (Connection client = hold(other)) {
            TestServer.await("the other job is looked at", () -> timesAsked(other) > 5);
            jobs.put(other, JobStatus.FAILED);

            assertThat(client.read().header(APPLIED)).isEqualTo("wait=60");
        }
        assertThat(timesAsked(job)).isLessThanOrEqualTo(before + 1);
    }

    @Test
    void whoAsksOnBeforeTheAnswerIsAnsweredInTurn() {
        JobID other = running();
        try (Connection client = hold(job)) {
            client.send(request(other, NOT_AT_ALL));
            int before = timesAsked(job);
            TestServer.await("the job is looked at on", () -> timesAsked(job) > before + 3);
            assertThat(asked).as("jobs that were looked at").doesNotContainKey(other);

            jobs.put(job, JobStatus.FAILED);

            assertThat(client.read().body()).isEqualTo("{\"status\":\"FAILED\"}");
            assertThat(client.read().body()).isEqualTo("{\"status\":\"RUNNING\"}");
        }
    }

    @Test
    void anUploadOnAConnectionThatWaitedArrivesWhole() {
        byte[] form = new TestServer.Form().file("a.jar", new byte[1 << 20]).bytes();
        try (Connection client = server.connect()) {
            client.send(request(job, NOT_AT_ALL));
            client.read().expect(200);
            byte[] request =
                    server.request(
                            "POST", "/jars/upload", form, "Content-Type: " + TestServer.Form.TYPE);

            client.send(Arrays.copyOf(request, request.length / 2));
            client.send(Arrays.copyOfRange(request, request.length / 2, request.length));

            assertThat(client.read().refused(400)).contains("jar");
        }
    }

    @Test
    void theConnectionServesOn() {
        try (Connection client = server.connect()) {
            for (JobStatus end :
                    List.of(JobStatus.FAILED, JobStatus.CANCELED, JobStatus.FINISHED)) {
                JobID next = running();
                client.send(request(next, LONG));
                TestServer.await("the job is looked at", () -> asked.containsKey(next));
                jobs.put(next, end);
                assertThat(client.read().body()).isEqualTo("{\"status\":\"%s\"}".formatted(end));
            }
        }
    }

    @Test
    void aServerThatStopsAnswersWhatItHolds() {
        try (Connection client = hold(job)) {
            server.close();

            Answer answer = client.read().expect(200);
            assertThat(answer.body()).isEqualTo("{\"status\":\"RUNNING\"}");
            assertThat(answer.header(APPLIED)).isEqualTo("wait=60");
        }
    }

    @Test
    void aClientThatVanishesGivesItsPlaceAway() {
        hold(job).vanish();

        TestServer.await("the place is free", this::isPlace);
    }

    /** A client that waits for the end of a job, and has the only place. */
    private Connection hold(JobID of) {
        int before = timesAsked(of);
        Connection client = server.connect();
        client.send(request(of, LONG));
        TestServer.await("it is waited for", () -> timesAsked(of) > before + 1);
        return client;
    }

    private int timesAsked(JobID of) {
        return asked.getOrDefault(of, new AtomicInteger()).get();
    }

    private boolean isPlace() {
        return server.get(path(running()), NOT_AT_ALL).header(APPLIED) != null;
    }

    private JobID running() {
        JobID another = new JobID();
        jobs.put(another, JobStatus.RUNNING);
        return another;
    }

    private CompletableFuture<JobStatus> status(JobID of) {
        asked.computeIfAbsent(of, first -> new AtomicInteger()).incrementAndGet();
        return jobs.containsKey(of)
                ? CompletableFuture.completedFuture(jobs.get(of))
                : CompletableFuture.failedFuture(new FlinkJobNotFoundException(of));
    }

    private byte[] request(JobID of, String preference) {
        return server.request("GET", path(of), null, preference);
    }

    private static String path(JobID of) {
        return "/jobs/" + of + "/status?not=RUNNING";
    }
}
