package dev.drey.server.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.TestServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.ApplicationID;
import org.apache.flink.api.common.ApplicationState;
import org.apache.flink.runtime.application.ApplicationExceptionHistoryEntry;
import org.apache.flink.runtime.application.ArchivedApplication;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.messages.FlinkApplicationNotFoundException;
import org.apache.flink.runtime.messages.FlinkApplicationTerminatedWithoutCancellationException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ApplicationsResourceTest {

    private static final ApplicationID FAILED = new ApplicationID(0, 1);
    private static final ApplicationID RUNNING = new ApplicationID(0, 3);
    private static final ApplicationID UNKNOWN = new ApplicationID(0, 2);

    @AutoClose
    private static final TestServer SERVER =
            TestServer.cluster()
                    .dispatcher(
                            dispatcher ->
                                    dispatcher
                                            .setRequestApplicationFunction(
                                                    ApplicationsResourceTest::application)
                                            .setCancelApplicationFunction(
                                                    ApplicationsResourceTest::cancel))
                    .start();

    @Test
    void whatFailedIsShown() {
        assertThat(
                        SERVER.get("/applications/" + FAILED + "/exceptions?maxExceptions=1")
                                .expect(200)
                                .json()
                                .get("exceptionHistory")
                                .get("entries")
                                .get(0)
                                .get("exceptionName")
                                .textValue())
                .isEqualTo(IllegalStateException.class.getName());
    }

    @Test
    void anUnknownApplicationIs404() {
        assertThat(SERVER.get("/applications/" + UNKNOWN + "/exceptions").refused(404))
                .contains(UNKNOWN.toString());
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        assertThat(SERVER.get("/applications/x/exceptions").refused(400))
                .contains("Parameter 'applicationid'", "'x' is no application id");
    }

    @Test
    void anApplicationIsCancelled() {
        assertThat(SERVER.send("POST", "/applications/" + RUNNING + "/cancel", null).expect(202))
                .returns("{}", TestServer.Answer::body);
        SERVER.send("POST", "/v1/applications/" + RUNNING + "/cancel", "{}").expect(202);
    }

    @Test
    void anApplicationThatEndedOtherwiseCannotBeCancelled() {
        assertThat(SERVER.send("POST", "/applications/" + FAILED + "/cancel", "{}").refused(409))
                .contains(FAILED.toString(), "FAILED");
    }

    @Test
    void anUnknownApplicationCannotBeCancelled() {
        assertThat(SERVER.send("POST", "/applications/" + UNKNOWN + "/cancel", "{}").refused(404))
                .contains(UNKNOWN.toString());
        assertThat(SERVER.send("POST", "/applications/x/cancel", "{}").refused(400))
                .contains("Parameter 'applicationid'");
    }

    private static CompletableFuture<Acknowledge> cancel(ApplicationID id) {
        if (id.equals(RUNNING)) {
            return CompletableFuture.completedFuture(Acknowledge.get());
        }
        return CompletableFuture.failedFuture(
                id.equals(FAILED)
                        ? new FlinkApplicationTerminatedWithoutCancellationException(
                                id, ApplicationState.FAILED)
                        : new FlinkApplicationNotFoundException(id));
    }

    private static CompletableFuture<ArchivedApplication> application(ApplicationID id) {
        return id.equals(UNKNOWN)
                ? CompletableFuture.failedFuture(new FlinkApplicationNotFoundException(id))
                : CompletableFuture.completedFuture(
                        new ArchivedApplication(
                                id,
                                "an application",
                                ApplicationState.FAILED,
                                new long[ApplicationState.values().length],
                                Map.of(),
                                List.of(
                                        new ApplicationExceptionHistoryEntry(
                                                new IllegalStateException("no"), 5, null))));
    }
}
