package dev.drey.server.modes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import jakarta.ws.rs.ServiceUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.rpc.RpcGateway;
import org.apache.flink.runtime.rpc.exceptions.RecipientUnreachableException;
import org.apache.flink.runtime.rpc.exceptions.RpcConnectionException;
import org.junit.jupiter.api.Test;

class LeaderConnectionTest {

    private static final String ADDRESS = "pekko.tcp://flink@jm-1:6123/user/rpc/dispatcher_*";
    private static final UUID SESSION = new UUID(0, 0);
    private static final RpcGateway FIRST = new Gateway("first");
    private static final RpcGateway SECOND = new Gateway("second");

    private final Cluster cluster = new Cluster();
    private final LeaderConnection<RpcGateway> connection =
            new LeaderConnection<>("dispatcher", cluster);

    @Test
    void nothingIsKnownWhileNobodyLeads() {
        connection.check();

        assertThat(connection.getFuture()).isNotDone();
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void aLeaderIsReachedAsSoonAsItIsNamed() {
        cluster.connects(FIRST).answers();

        connection.notifyLeaderAddress(ADDRESS, SESSION);

        assertThat(connection.getFuture()).isCompletedWithValue(FIRST);
        assertThat(cluster.asked)
                .containsExactly(
                        "connect " + ADDRESS + " " + SESSION, "ask first", "welcome first");
    }

    @Test
    void aLeaderThatCannotBeReachedIsNamed() {
        cluster.refuses();

        connection.notifyLeaderAddress(ADDRESS, SESSION);

        requireNoAnswer("jm-1:6123");
    }

    @Test
    void aLeaderThatComesLaterIsReachedAtTheNextCheck() {
        cluster.refuses().connects(FIRST).answers();
        connection.notifyLeaderAddress(ADDRESS, SESSION);

        connection.check();

        assertThat(connection.getFuture()).isCompletedWithValue(FIRST);
    }

    @Test
    void aConnectionThatCannotEvenBeTriedIsTriedAgain() {
        cluster.throwsAtConnect().connects(FIRST).answers();
        connection.notifyLeaderAddress(ADDRESS, SESSION);
        requireNoAnswer("jm-1:6123");

        connection.check();

        assertThat(connection.getFuture()).isCompletedWithValue(FIRST);
    }

    @Test
    void aGatewayThatDoesNotAnswerIsNotUsed() {
        cluster.connects(FIRST).isGone();

        connection.notifyLeaderAddress(ADDRESS, SESSION);

        requireNoAnswer("jm-1:6123");
    }

    @Test
    void aGatewayIsUsedOnceItIsWelcome() {
        CompletableFuture<Object> welcomed = new CompletableFuture<>();
        cluster.connects(FIRST).answers().welcome = welcomed;
        connection.notifyLeaderAddress(ADDRESS, SESSION);
        assertThat(connection.getFuture()).isNotDone();

        welcomed.complete("welcome");

        assertThat(connection.getFuture()).isCompletedWithValue(FIRST);
    }

    @Test
    void aLeaderThatStillAnswersKeepsItsGateway() {
        cluster.connects(FIRST).answers().answers();
        connection.notifyLeaderAddress(ADDRESS, SESSION);

        connection.check();

        assertThat(connection.getFuture()).isCompletedWithValue(FIRST);
        assertThat(cluster.asked).filteredOn(what -> what.startsWith("connect")).hasSize(1);
    }

    @Test
    void aLeaderThatIsGoneIsToldAndThenReachedAnew() {
        cluster.connects(FIRST).answers().isGone().connects(SECOND).answers();
        connection.notifyLeaderAddress(ADDRESS, SESSION);

        connection.check();
        requireNoAnswer("jm-1:6123");
        connection.check();

        assertThat(connection.getFuture()).isCompletedWithValue(SECOND);
        assertThat(cluster.asked).endsWith("ask second", "welcome second");
    }

    @Test
    void aQuestionThatIsOutIsWaitedFor() {
        var unused = cluster.connects(FIRST).staysSilent();
        connection.notifyLeaderAddress(ADDRESS, SESSION);
        int asked = cluster.asked.size();

        connection.check();

        assertThat(cluster.asked).hasSize(asked);
    }

    @Test
    void anotherLeaderTakesOverAndTheLateAnswerOfTheFirstCountsForNothing() {
        cluster.connects(FIRST);
        CompletableFuture<Object> late = cluster.staysSilent();
        cluster.connects(SECOND).answers();
        connection.notifyLeaderAddress(ADDRESS, SESSION);

        connection.notifyLeaderAddress(ADDRESS.replace("jm-1", "jm-2"), new UUID(0, 1));
        late.complete("late");

        assertThat(connection.getFuture()).isCompletedWithValue(SECOND);
    }

    @Test
    void noGatewayIsLeftWhenNobodyLeadsAnyMore() {
        cluster.connects(FIRST).answers();
        connection.notifyLeaderAddress(ADDRESS, SESSION);

        connection.notifyLeaderAddress(null, null);

        assertThat(connection.getFuture()).isNotDone();
        assertThat(connection.getNow()).isEmpty();
    }

    private void requireNoAnswer(String named) {
        assertThat(connection.getNow()).isEmpty();
        assertThat(connection.getFuture())
                .failsWithin(0, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .extracting(Throwable::getCause, throwable(ServiceUnavailableException.class))
                .hasMessageContaining(named);
    }

    private record Gateway(String name) implements RpcGateway {
        @Override
        public String getAddress() {
            return name;
        }

        @Override
        public String getHostname() {
            return name;
        }
    }

    /** Answers in the order in which it was told to. */
    private static final class Cluster implements LeaderConnection.Reaching<RpcGateway> {

        private final List<String> asked = new ArrayList<>();
        private final Deque<CompletableFuture<RpcGateway>> connections = new ArrayDeque<>();
        private final Deque<CompletableFuture<Object>> answers = new ArrayDeque<>();
        private CompletableFuture<?> welcome = CompletableFuture.completedFuture(null);

        Cluster connects(RpcGateway gateway) {
            connections.add(CompletableFuture.completedFuture(gateway));
            return this;
        }

        Cluster refuses() {
            connections.add(CompletableFuture.failedFuture(new RpcConnectionException("refused")));
            return this;
        }

        Cluster throwsAtConnect() {
            connections.add(new Unusable());
            return this;
        }

        Cluster answers() {
            answers.add(CompletableFuture.completedFuture("there"));
            return this;
        }

        Cluster isGone() {
            answers.add(
                    CompletableFuture.failedFuture(
                            new RecipientUnreachableException("us", "it", "a question")));
            return this;
        }

        CompletableFuture<Object> staysSilent() {
            CompletableFuture<Object> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        }

        @Override
        public CompletableFuture<RpcGateway> connect(String address, UUID sessionId) {
            asked.add("connect " + address + " " + sessionId);
            CompletableFuture<RpcGateway> next = connections.remove();
            if (next instanceof Unusable) {
                throw new IllegalStateException("no more");
            }
            return next;
        }

        @Override
        public CompletableFuture<?> ask(RpcGateway gateway) {
            asked.add("ask " + gateway.getAddress());
            return answers.remove();
        }

        @Override
        public CompletableFuture<?> welcome(RpcGateway gateway) {
            asked.add("welcome " + gateway.getAddress());
            return welcome;
        }

        private static final class Unusable extends CompletableFuture<RpcGateway> {}
    }
}
