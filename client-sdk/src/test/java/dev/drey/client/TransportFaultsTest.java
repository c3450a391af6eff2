package dev.drey.client;

import static dev.drey.client.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.drey.client.error.FlinkConnectionException;
import dev.drey.client.error.FlinkRestException;
import dev.drey.client.error.RequestTimeoutException;
import dev.drey.client.error.UnreadableAnswerException;
import dev.drey.client.transport.Request;
import dev.drey.client.transport.RetrySettings;
import dev.drey.client.transport.Transport;
import dev.drey.client.transport.TransportSettings;
import dev.drey.model.EmptyResponseBody;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a read and of a write when the wire does everything wrong, once. */
@Timeout(120)
class TransportFaultsTest {
    private static final Request READ = Request.get("/x");
    private static final Request WRITE = Request.post("/x");
    private static final String HTML = "<html>gone</html>";

    /** A fault, and what a write tells that must not be asked again after it. */
    private enum Fault implements FaultyServer.Behaviour {
        RESET_BEFORE_THE_ANSWER(FlinkConnectionException.class) {
            @Override
            public void serve(FaultyServer.Connection connection) throws IOException {
                connection.reset();
            }
        },
        END_BEFORE_THE_ANSWER(FlinkConnectionException.class) {
            @Override
            public void serve(FaultyServer.Connection connection) throws IOException {
                connection.end();
            }
        },
        RESET_IN_THE_ANSWER(FlinkConnectionException.class) {
            @Override
            public void serve(FaultyServer.Connection connection) throws IOException {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\"");
                connection.reset();
            }
        },
        END_IN_THE_ANSWER(FlinkConnectionException.class) {
            @Override
            public void serve(FaultyServer.Connection connection) throws IOException {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\"");
                connection.end();
            }
        },
        SILENT(RequestTimeoutException.class) {
            @Override
            public void serve(FaultyServer.Connection connection) {
                // Nothing comes.
            }
        },
        NO_LEADER(null) {
            @Override
            public void serve(FaultyServer.Connection connection) throws IOException {
                connection.answerJson(503, "{\"errors\":[\"No leader.\"]}");
            }
        },
        TOO_MANY(null) {
            @Override
            public void serve(FaultyServer.Connection connection) throws IOException {
                connection.answerJson(429, "{\"errors\":[\"Too many.\"]}");
            }
        },
        BAD_GATEWAY(UnreadableAnswerException.class) {
            @Override
            public void serve(FaultyServer.Connection connection) throws IOException {
                connection.answer(502, "text/html", HTML);
            }
        },
        PROXY_WITHOUT_A_SERVER(UnreadableAnswerException.class) {
            @Override
            public void serve(FaultyServer.Connection connection) throws IOException {
                connection.answer(503, "text/html", HTML);
            }
        },
        GATEWAY_TIMEOUT(FlinkRestException.class) {
            @Override
            public void serve(FaultyServer.Connection connection) throws IOException {
                connection.answerJson(504, "{\"errors\":[\"No answer in time.\"]}");
            }
        };

        /** {@code null} if the write was surely not done, and is asked again. */
        final Class<? extends Exception> ofWrites;

        Fault(Class<? extends Exception> ofWrites) {
            this.ofWrites = ofWrites;
        }
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "SILENT")
    void aReadOfOneEndpoint(Fault fault) throws Exception {
        try (FaultyServer server = once(fault);
                Transport transport = transport(server.endpoint())) {
            await(send(transport, READ));
            assertThat(server.heads()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aReadOfTwoEndpoints(Fault fault) throws Exception {
        try (FaultyServer server = FaultyServer.that(fault);
                FaultyServer other = healthy();
                Transport transport = transport(server.endpoint(), other.endpoint())) {
            await(send(transport, READ));
            await(send(transport, READ));
            assertThat(server.heads()).hasSize(1);
            assertThat(other.heads()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aWriteOfOneEndpoint(Fault fault) {
        try (FaultyServer server = once(fault);
                Transport transport = transport(server.endpoint())) {
            assertWrite(transport, fault);
            assertThat(server.heads()).hasSize(fault.ofWrites == null ? 2 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aWriteOfTwoEndpoints(Fault fault) {
        try (FaultyServer server = FaultyServer.that(fault);
                FaultyServer other = healthy();
                Transport transport = transport(server.endpoint(), other.endpoint())) {
            assertWrite(transport, fault);
            assertThat(server.heads()).hasSize(1);
            assertThat(other.heads()).hasSize(fault.ofWrites == null ? 1 : 0);
        }
    }

    @Test
    void aRefusedConnectionIsOfNoConsequenceWhereThereIsAnotherEndpoint() throws Exception {
        try (FaultyServer other = healthy();
                Transport transport = transport(FaultyServer.deadEndpoint(), other.endpoint())) {
            await(send(transport, READ));
            await(send(transport, WRITE));
            assertThat(other.heads()).hasSize(2);
        }
    }

    @Test
    void readsSurviveTheDeathOfAServer() throws Exception {
        try (FaultyServer first = healthy();
                FaultyServer second = healthy();
                Transport transport = transport(first.endpoint(), second.endpoint())) {
            await(send(transport, READ));
            first.close();
            await(send(transport, READ));
            await(send(transport, READ));
            assertThat(first.heads()).hasSize(1);
            assertThat(second.heads()).hasSize(2);
        }
    }

    private static void assertWrite(Transport transport, Fault fault) {
        Throwable thrown = catchThrowable(() -> await(send(transport, WRITE)));
        if (fault.ofWrites == null) {
            assertThat(thrown).isNull();
        } else {
            assertThat(thrown).hasCauseInstanceOf(fault.ofWrites);
        }
    }

    private static CompletableFuture<EmptyResponseBody> send(Transport transport, Request request) {
        return transport.send(request, EmptyResponseBody.class);
    }

    private static Transport transport(String... endpoints) {
        return new Transport(
                new TransportSettings()
                        .endpoints(endpoints)
                        .attemptTimeout(Duration.ofMillis(500))
                        .requestTimeout(Duration.ofSeconds(4))
                        .retries(
                                RetrySettings.DEFAULT.withPauses(
                                        Duration.ofMillis(1), Duration.ofMillis(10))));
    }

    private static FaultyServer once(Fault fault) {
        AtomicInteger requests = new AtomicInteger();
        return FaultyServer.that(
                connection -> {
                    if (requests.getAndIncrement() == 0) {
                        fault.serve(connection);
                    } else {
                        connection.answerJson(200, "{}");
                    }
                });
    }

    private static FaultyServer healthy() {
        return FaultyServer.that(connection -> connection.answerJson(200, "{}"));
    }
}
