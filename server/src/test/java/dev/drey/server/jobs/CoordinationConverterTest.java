package dev.drey.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.server.JsonTrees;
import java.io.EOFException;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.StreamCorruptedException;
import java.util.stream.Stream;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.rest.messages.job.coordination.ClientCoordinationRequestBody;
import org.apache.flink.runtime.rest.messages.job.coordination.ClientCoordinationResponseBody;
import org.apache.flink.runtime.rest.util.RestMapperUtils;
import org.apache.flink.runtime.scheduler.CoordinatorNotExistException;
import org.apache.flink.util.FlinkException;
import org.apache.flink.util.SerializedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoordinationConverterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Says something to a coordinator. */
    private record Question(String text) implements CoordinationRequest {}

    /** What it says to that. */
    private record Reply(String text) implements CoordinationResponse {}

    @Test
    void aRequestIsReadAsFlinkReadsIt() throws Exception {
        String sent =
                RestMapperUtils.getStrictObjectMapper()
                        .writeValueAsString(
                                new ClientCoordinationRequestBody(
                                        new SerializedValue<>(new Question("\u00fc".repeat(99)))));

        assertThat(
                        CoordinationConverter.request(
                                JSON.readValue(
                                        sent,
                                        dev.drey.model.jobs.ClientCoordinationRequestBody.class)))
                .isEqualTo(
                        RestMapperUtils.getFlexibleObjectMapper()
                                .readValue(sent, ClientCoordinationRequestBody.class)
                                .getSerializedCoordinationRequest());
    }

    @Test
    void aResponseIsShownAsFlinkShowsIt() throws Exception {
        Reply reply = new Reply("and more".repeat(99));

        assertThat(JsonTrees.ofDrey(CoordinationConverter.response(reply)))
                .isEqualTo(
                        JsonTrees.ofFlink(
                                new ClientCoordinationResponseBody(new SerializedValue<>(reply))));
    }

    private static Stream<Throwable> faultsOfNoRequest() {
        return Stream.of(
                new FlinkJobNotFoundException(new org.apache.flink.api.common.JobID()),
                new FlinkException("The coordinator has failed"),
                new IOException("The sink hung up"),
                new IllegalStateException("cannot handle client event"));
    }

    @ParameterizedTest
    @MethodSource("faultsOfNoRequest")
    void whatIsNoFaultOfTheRequestStaysWhatItIs(Throwable failure) {
        assertThat(CoordinationConverter.refusal("uid", failure)).isSameAs(failure);
    }

    private static Stream<Throwable> unreadable() {
        return Stream.of(
                new StreamCorruptedException("invalid stream header"),
                new InvalidClassException("other version"),
                new EOFException(),
                new ClassNotFoundException("user.Request"),
                new ClassCastException("a String is no request"),
                new IllegalArgumentException("another request is expected"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatCannotBeReadIsAFaultOfTheRequest(Throwable failure) {
        assertThat(CoordinationConverter.refusal("uid", failure))
                .isInstanceOf(jakarta.ws.rs.BadRequestException.class)
                .hasMessageContaining("operator 'uid' cannot read the request: ")
                .hasMessageContaining(failure.getClass().getSimpleName());
    }

    @Test
    void whoeverTakesNoRequestsIsNotFound() {
        OperatorID operator = new OperatorID();
        assertThat(CoordinationConverter.refusal("uid", new CoordinatorNotExistException(operator)))
                .isInstanceOf(jakarta.ws.rs.NotFoundException.class)
                .hasMessage("Operator 'uid' has no coordinator, or its vertex does not run yet");
        assertThat(
                        CoordinationConverter.refusal(
                                "uid",
                                new FlinkException(
                                        "Coordinator of operator %s cannot handle client event"
                                                .formatted(operator))))
                .isInstanceOf(jakarta.ws.rs.NotFoundException.class)
                .hasMessage("The coordinator of operator 'uid' takes no requests of clients");
    }
}
