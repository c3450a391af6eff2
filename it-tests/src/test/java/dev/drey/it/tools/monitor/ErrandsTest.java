package dev.drey.it.tools.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.async.OperationToken;
import dev.drey.model.async.OperationKind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Orders to a cluster that never answers. */
class ErrandsTest {

    private static final Order SAVEPOINT =
            new Order(Order.Kind.SAVEPOINT, Boards.FIRST, "counting");
    private static final Clock CLOCK = Clock.fixed(Boards.NOW, ZoneOffset.UTC);

    private final BlockingQueue<UnaryOperator<Board>> changes = new LinkedBlockingQueue<>();

    @Test
    void savepointThatIsLeftBehindHasAToken() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FlinkMonitoringClient flink =
                    FlinkMonitoringClient.builder()
                            .endpoint("http://127.0.0.1:" + silent.getLocalPort())
                            .build();
            try (flink) {
                Errands errands = new Errands(flink, Optional.empty(), CLOCK, changes::add);
                errands.begin(SAVEPOINT);

                Board begun = next(Boards.of());
                assertThat(begun.errands()).singleElement().matches(Errand::isUnderWay);
                String line = errands.unfinished().get(0);
                assertThat(line).startsWith("Savepoint of counting goes on: ");
                OperationToken token =
                        OperationToken.parse(line.substring(line.lastIndexOf(' ') + 1));
                assertThat(token.kind()).isEqualTo(OperationKind.SAVEPOINT);
                assertThat(token.job()).contains(Boards.FIRST);

                flink.close();
                assertThat(next(begun).errands())
                        .singleElement()
                        .extracting(errand -> errand.outcome().orElseThrow())
                        .isEqualTo(
                                new Errand.Outcome(
                                        true,
                                        "Savepoint of counting failed: The client is closed"));
                assertThat(errands.unfinished()).isEmpty();
            }
        }
    }

    private Board next(Board board) throws InterruptedException {
        return changes.poll(30, TimeUnit.SECONDS).apply(board);
    }
}
