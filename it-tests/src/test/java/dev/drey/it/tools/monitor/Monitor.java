package dev.drey.it.tools.monitor;

import dev.drey.client.FlinkMonitoringClient;
import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** Follows all jobs of a cluster in a terminal. */
public final class Monitor {

    /** Ages on the screen grow, even if nothing happens. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final URI endpoint;
    private final Optional<String> savepointFolder;
    private final Clock clock;
    private final BlockingQueue<Function<Board, Step>> inbox = new LinkedBlockingQueue<>();

    Monitor(Terminal terminal, URI endpoint, Optional<String> savepointFolder, Clock clock) {
        this.terminal = terminal;
        this.endpoint = endpoint;
        this.savepointFolder = savepointFolder;
        this.clock = clock;
    }

    /**
     * Runs it.
     *
     * @param arguments the endpoint, and the folder for savepoints if it is not to be the cluster's
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0 || arguments.length > 2) {
            System.err.println("Expected an endpoint, such as http://127.0.0.1:8081");
            System.exit(2);
        }
        Optional<String> savepointFolder =
                arguments.length == 2 ? Optional.of(arguments[1]) : Optional.empty();
        // What libraries write there would be in the midst of the screen.
        PrintStream errors = System.err;
        ByteArrayOutputStream meanwhile = new ByteArrayOutputStream();
        System.setErr(new PrintStream(meanwhile, true, Charset.defaultCharset()));
        int exitCode = 0;
        try (Terminal terminal = TerminalBuilder.builder().dumb(false).build()) {
            new Monitor(terminal, URI.create(arguments[0]), savepointFolder, Clock.systemUTC())
                    .run()
                    .forEach(System.out::println);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            // The endpoint is none, or there is no terminal.
            errors.println(Reason.of(refused));
            exitCode = 2;
        }
        errors.write(meanwhile.toByteArray());
        System.exit(exitCode);
    }

    /** Returns when it is told to quit, with what is not finished. */
    List<String> run() {
        try (FlinkMonitoringClient flink =
                        FlinkMonitoringClient.builder()
                                .endpoint(endpoint.toString())
                                .requestTimeout(LONGEST_REQUEST)
                                .build();
                Lookout lookout = new Lookout(flink, clock, this::change);
                Screen screen = new Screen(terminal)) {
            // A signal that ends the process does not run what follows.
            Thread restoring = new Thread(screen::close, "terminal");
            Runtime.getRuntime().addShutdownHook(restoring);
            terminal.handle(Signal.INT, signal -> inbox.add(Step::end));
            terminal.handle(Signal.WINCH, signal -> inbox.add(Step::to));
            terminal.handle(Signal.TSTP, Terminal.SignalHandler.SIG_IGN);
            Errands errands = new Errands(flink, savepointFolder, clock, this::change);
            readKeys();
            lookout.look();
            Step step = Step.to(Board.of(endpoint));
            while (!step.isLast()) {
                Board board = step.board();
                screen.draw((columns, rows) -> Frame.of(board, columns, rows, clock.instant()));
                step = next(board, errands);
            }
            Runtime.getRuntime().removeShutdownHook(restoring);
            return errands.unfinished();
        }
    }

    private void change(UnaryOperator<Board> change) {
        inbox.add(board -> Step.to(change.apply(board)));
    }

    /** All that has happened, or nothing within a tick. */
    private Step next(Board board, Errands errands) {
        Step step = Step.to(board);
        try {
            Function<Board, Step> next = inbox.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
            for (; next != null && !step.isLast(); next = inbox.poll()) {
                step = next.apply(step.board());
                step.order().ifPresent(errands::begin);
            }
            return step;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Step.end(board);
        }
    }

    private void readKeys() {
        KeyMap<Key> keys = Key.of(terminal);
        BindingReader reader = new BindingReader(terminal.reader());
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                Key key = reader.readBinding(keys);
                                while (key != null) {
                                    Key pressed = key;
                                    inbox.add(board -> Step.press(pressed, board));
                                    key = reader.readBinding(keys);
                                }
                            } catch (IOError closed) {
                                // As if there were no more keys.
                            }
                            inbox.add(Step::end);
                        },
                        "keys");
        thread.setDaemon(true);
        thread.start();
    }
}
