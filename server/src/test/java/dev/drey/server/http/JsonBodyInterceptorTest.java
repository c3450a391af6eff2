package dev.drey.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.messages.Acknowledge;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the body of a write may be, shown with the trigger of a savepoint. */
class JsonBodyInterceptorTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String WITH_ID = "{\"triggerId\":\"" + ID + "\"}";
    private static final String PATH = "/jobs/00000000000000000000000000000001/savepoints";
    private static final String FORM = "Content-Type: " + TestServer.Form.TYPE;

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, "file:///savepoints")
                    .dispatcher(
                            dispatcher ->
                                    dispatcher.setTriggerSavepointFunction(
                                            (key, directory, format) ->
                                                    CompletableFuture.completedFuture(
                                                            Acknowledge.get())))
                    .start();

    @Test
    void noBodyIsAnEmptyObject() {
        SERVER.send("POST", PATH, null).expect(202);
        SERVER.send("POST", PATH, "").expect(202);
        SERVER.send("POST", PATH, "", "Content-Type: application/json").expect(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\r\n} ",
                "{\"formatType\":null,\"cancel-job\":null}",
                "{\"cancel-job\":\"true\"}",
                "{\"formatType\":\"NATIVE\"}",
                "{\"sent-by-a-newer-client\":{\"x\":[1]}}"
            })
    void aBodyThatStockTakesIsTaken(String body) {
        SERVER.send("POST", PATH, body).expect(202);
    }

    @Test
    void theBodyIsRead() {
        assertThat(triggered(SERVER.send("POST", PATH, WITH_ID))).isEqualTo(ID);
    }

    @Test
    void anUnknownFieldIsRefusedIfStrictHandlingIsPreferred() {
        TestServer.Answer answer =
                SERVER.send(
                        "POST",
                        PATH,
                        "{\"drain\":true}",
                        "Prefer: respond-async, wait=10",
                        "prefer: Handling=\"strict\"");

        assertThat(answer.refused(400))
                .isEqualTo(
                        "The request body cannot be read: field 'drain' (line 1, column 15): it is"
                                + " unknown here; known are cancel-job, formatType,"
                                + " target-directory, triggerId");
        assertThat(answer.header("Preference-Applied")).isEqualTo("handling=strict");
    }

    @Test
    void whatIsKnownIsTakenStrictly() {
        TestServer.Answer answer = SERVER.send("POST", PATH, WITH_ID, "Prefer: handling=strict");

        assertThat(triggered(answer)).isEqualTo(ID);
        assertThat(answer.header("Preference-Applied")).isEqualTo("handling=strict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Prefer: handling=lenient", "Prefer: respond-async", "X: y"})
    void anUnknownFieldIsPassedOverOtherwise(String header) {
        assertThat(SERVER.send("POST", PATH, "{\"drain\":true}", header).expect(202).headers())
                .doesNotContainKey("preference-applied");
    }

    @Test
    void nothingIsHeededWhereThereIsNoBodyToRead() {
        assertThat(SERVER.get("/config", "Prefer: handling=strict").expect(200).headers())
                .doesNotContainKey("preference-applied");
    }

    @Test
    void nullIsRefused() {
        assertThat(SERVER.send("POST", PATH, "null").refused(400))
                .isEqualTo("The request body is null: send a JSON object");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{oops | (line 1, column 2): Unexpected character",
                "{\"a\": | (line 1,",
                "{ | Unexpected end-of-input",
                "<xml/> | Unexpected character",
                "[] | expected an object",
                "7 | expected an object",
                "\"text\" | expected an object",
                "{\"cancel-job\":\"maybe\"} | field 'cancel-job' (line 1, column 15): expected true",
                "{\"cancel-job\":{}} | field 'cancel-job'",
                "{\"target-directory\":[]} | expected a string",
                "{\"triggerId\":\"12\"} | '12' is no trigger id: expected 32 hexadecimal digits",
                "{\"triggerId\":{}} | field 'triggerId'",
                "{\"formatType\":\"ZIP\"} | field 'formatType' (line 1, column 15): 'ZIP' is none of"
                        + " CANONICAL, NATIVE",
                "{\"formatType\":\"UNKNOWN\"} | 'UNKNOWN' is none of CANONICAL, NATIVE",
                "{\"formatType\":2} | field 'formatType'",
                "{\"formatType\":99} | field 'formatType'"
            })
    void whatCannotBeReadIsRefusedWithThePlaceAndTheReason(String body, String reason) {
        assertThat(SERVER.send("POST", PATH, body).refused(400))
                .startsWith("The request body cannot be read")
                .contains(reason)
                .doesNotContain("dev.drey", "java.");
    }

    @Test
    void aBodyThatIsNoUtf8IsNoFaultOfTheServer() {
        byte[] body = "{\"target-directory\":\"\u00fc\u00ff\"}".getBytes(ISO_8859_1);

        assertThat(SERVER.sendBytes("POST", PATH, body).status()).isIn(202, 400);
    }

    @Test
    void aBodyThatIsNestedTooDeeplyIsNoFaultOfTheServer() {
        String body = "{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

        assertThat(SERVER.send("POST", PATH, body).status()).isIn(202, 400);
    }

    @Test
    void theBodyMayBeThePartOfAFormThatIsCalledRequest() {
        byte[] form = new TestServer.Form().field("request", WITH_ID).bytes();

        assertThat(triggered(SERVER.sendBytes("POST", PATH, form, FORM))).isEqualTo(ID);
    }

    @Test
    void aFormWithoutPartsIsAnEmptyObject() {
        SERVER.sendBytes("POST", PATH, new TestServer.Form().bytes(), FORM).expect(202);
    }

    @Test
    void anotherPartOfAFormIsRefused() {
        byte[] form = new TestServer.Form().field("x", WITH_ID).bytes();

        assertThat(SERVER.sendBytes("POST", PATH, form, FORM).refused(400))
                .isEqualTo("Unknown form field 'x': send 'request'");
    }

    @Test
    void aFileIsRefusedWhereNoneIsExpected() {
        byte[] form = new TestServer.Form().file("a.jar", WITH_ID.getBytes(UTF_8)).bytes();

        assertThat(SERVER.sendBytes("POST", PATH, form, FORM).refused(400))
                .isEqualTo("No file can be uploaded here");
    }

    @Test
    void aFormThatEndsTooEarlyIsRefused() {
        byte[] form = new TestServer.Form().field("request", WITH_ID).unfinished();

        SERVER.sendBytes("POST", PATH, form, FORM).refused(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/x"})
    void aFormWithoutABoundaryIsRefused(String type) {
        byte[] form = new TestServer.Form().field("request", WITH_ID).bytes();

        SERVER.sendBytes("POST", PATH, form, "Content-Type: " + type).refused(400);
    }

    private static String triggered(TestServer.Answer answer) {
        return answer.expect(202).json().get("request-id").textValue();
    }
}
