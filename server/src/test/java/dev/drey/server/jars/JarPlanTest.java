package dev.drey.server.jars;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.server.JsonTrees;
import dev.drey.server.TestServer;
import dev.drey.server.TestServer.Form;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.PackagedProgramUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.jobgraph.jsonplan.JsonPlanGenerator;
import org.apache.flink.runtime.rest.messages.JobPlanInfo;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JarPlanTest {

    private static final JobID JOB = new JobID(1, 2);
    private static final String NO_JAR = "00000000-0000-0000-0000-000000000000_x.jar";
    private static final String NO_VALUES = "?savepointPath=a,b&allowNonRestoredState=a,b";

    @AutoClose private final TestServer server = TestServer.cluster().start();

    @Test
    void thePlanIsTheOneThatFlinkMakes() throws Exception {
        String id = upload(Counting.class);
        Configuration configuration = new Configuration();
        JsonNode flinks;
        try (PackagedProgram program =
                PackagedProgram.newBuilder()
                        .setJarFile(server.jars().resolve(id).toFile())
                        .setConfiguration(configuration)
                        .setArguments("some name")
                        .build()) {
            flinks =
                    JsonTrees.ofFlink(
                            new JobPlanInfo(
                                    JsonPlanGenerator.generatePlan(
                                            PackagedProgramUtils.createJobGraph(
                                                    program, configuration, 3, JOB, false))));
        }

        JsonNode posted =
                plan(
                                "POST",
                                id,
                                "",
                                "{\"parallelism\":3,\"jobId\":\"%s\",\"programArgsList\":[\"some name\"]}"
                                        .formatted(JOB))
                        .expect(200)
                        .json();

        assertThat(posted).isEqualTo(flinks);
        assertThat(posted.at("/plan/name").textValue()).isEqualTo("some name");
        assertThat(posted.at("/plan/nodes")).hasSize(2);
    }

    @Test
    void theParallelismMayBeLeftOpen() {
        JsonNode plan =
                plan("POST", upload(Counting.class), "", "{\"parallelism\":-1}").expect(200).json();

        assertThat(plan.at("/plan/nodes/0/parallelism").intValue()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void theQueryCountsWhereTheBodyIsSilent(String method) {
        String id = upload(Silent.class);
        String query = "?entry-class=" + Counting.class.getName() + "&programArg=x&parallelism=2";

        JsonNode plan = plan(method, id, query, "{}").expect(200).json().get("plan");
        assertThat(plan.get("name").textValue()).isEqualTo("x");
        assertThat(plan.get("nodes").get(0).get("parallelism").intValue()).isEqualTo(2);
        assertThat(plan(method, id, query, null).expect(200).json().at("/plan/nodes")).hasSize(2);
        assertThat(
                        plan(method, id, query, "{\"programArgsList\":[\"y\"]}")
                                .expect(200)
                                .json()
                                .at("/plan/name")
                                .textValue())
                .isEqualTo("y");
    }

    @Test
    void whatOnlyARunHasIsNotReadHere() {
        String id = upload(Counting.class);

        plan("GET", id, NO_VALUES, "{\"claimMode\":\"NOPE\"}").expect(200);
        plan("POST", id, NO_VALUES, "{\"claimMode\":\"NOPE\",\"savepointPath\":[]}").expect(200);
    }

    @ParameterizedTest
    @CsvSource({
        "?parallelism=x, Parameter 'parallelism': 'x' is no number",
        "'?parallelism=1,2', 'Parameter ''parallelism'': one value is expected, not [1, 2]'",
        "?entry-class=a&entry-class=b, 'Parameter ''entry-class'': one value is expected, not [a, b]'",
        "?parallelism=0, 'parallelism: 0 is none: it must be at least 1'",
        "?entry-class=no.such.Class, The program cannot be loaded: "
    })
    void whatCannotBeIs400(String query, String line) {
        String id = upload(Counting.class);

        for (String method : new String[] {"GET", "POST"}) {
            assertThat(plan(method, id, query, "{}").refused(400)).startsWith(line);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{oops", "[]", "null", "{\"jobId\":\"xyz\"}", "{\"parallelism\":\"x\"}"})
    void aBodyThatCannotBeReadIs400(String body) {
        String id = upload(Counting.class);

        plan("POST", id, "", body).refused(400);
        plan("GET", id, "", body).refused(400);
    }

    @Test
    void aJarThatIsUnknownIs404() {
        assertThat(plan("GET", NO_JAR, "", null).refused(404)).contains(NO_JAR);
        assertThat(plan("POST", NO_JAR, "", "{}").refused(404)).contains(NO_JAR);
        plan("POST", NO_JAR, "?parallelism=x", "{}").refused(400);
    }

    @Test
    void aMainThatFailsIsTheProgramsFailure() {
        assertThat(plan("GET", upload(Failing.class), "", null).refused(400))
                .isEqualTo("The program failed: AssertionError: two is not three");
    }

    @Test
    void aMainWithoutAJobIsRefusedInOneLine() {
        assertThat(plan("GET", upload(Silent.class), "", null).refused(400))
                .isEqualTo("The program ended without a job: its main method must call execute");
    }

    @Test
    void aMainThatTakesTooLongIsInterrupted() throws Exception {
        try (TestServer impatient =
                TestServer.cluster().set(WebOptions.TIMEOUT, Duration.ofMillis(200)).start()) {
            String id = upload(impatient, Sleepless.class);

            assertThat(impatient.get("/jars/" + id + "/plan").refused(504))
                    .isEqualTo(
                            "The program's main method did not end within 200 ms (web.timeout); it was"
                                    + " interrupted");
            assertThat(Sleepless.INTERRUPTED.await(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Host: evil.example"
            })
    void noPageOfAnotherSiteRunsAMain(String header) {
        String id = upload(Counting.class);

        for (String path :
                new String[] {"/jars/%s/plan", "//v1/jars/%s/plan/", "/jars/%s/pl%%61n"}) {
            server.get(path.formatted(id), header).refused(403);
        }
        server.send("HEAD", "/jars/" + id + "/plan", null, header).expect(403);
        server.send("OPTIONS", "/jars/" + id + "/plan", null, header).expect(200);
        server.get("/jars", header).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "X-Any: thing"})
    void theServersOwnPageMay(String header) {
        server.get("/jars/" + upload(Counting.class) + "/plan", header).expect(200);
    }

    private TestServer.Answer plan(String method, String id, String query, String body) {
        return server.send(method, "/jars/" + id + "/plan" + query, body);
    }

    private String upload(Class<?> program) {
        return upload(server, program);
    }

    private static String upload(TestServer to, Class<?> program) {
        TestServer.Answer answer =
                to.upload(new Form().file("job.jar", Jars.withMainClass(program))).expect(200);
        return Path.of(answer.json().get("filename").textValue()).getFileName().toString();
    }

    public static final class Counting {
        public static void main(String[] arguments) throws Exception {
            StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
            flink.fromSequence(1, 10).keyBy(number -> number % 2).sinkTo(new DiscardingSink<>());
            flink.execute(arguments.length == 0 ? "counting" : arguments[0]);
        }
    }

    public static final class Silent {
        public static void main(String[] arguments) {}
    }

    @SuppressWarnings("DoNotCallSuggester") // Flink calls it
    public static final class Failing {
        public static void main(String[] arguments) {
            throw new AssertionError("two is not three");
        }
    }

    public static final class Sleepless {
        static final CountDownLatch INTERRUPTED = new CountDownLatch(1);

        public static void main(String[] arguments) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                INTERRUPTED.countDown();
            }
        }
    }
}
