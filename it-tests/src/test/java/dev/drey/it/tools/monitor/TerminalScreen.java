package dev.drey.it.tools.monitor;

import dev.drey.it.cluster.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.ScreenTerminal;
import org.jline.utils.ScreenTerminal.VirtualTerminal;

/** A terminal without one: what is written to it is drawn, and keys are pressed by the test. */
final class TerminalScreen implements AutoCloseable {

    private final ScreenTerminal screen;
    private final LineDisciplineTerminal terminal;

    TerminalScreen(int columns, int rows) throws IOException {
        VirtualTerminal virtual = ScreenTerminal.withTerminal("test", "xterm", columns, rows);
        screen = virtual.screen();
        terminal = virtual.terminal();
    }

    LineDisciplineTerminal terminal() {
        return terminal;
    }

    void press(String keys) throws IOException {
        terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    void resize(int columns, int rows) {
        Size size = Size.of(columns, rows);
        screen.setSize(size);
        terminal.setSize(size);
        terminal.raise(Signal.WINCH);
    }

    /** Waits until there is such a line. */
    String line(String what, Predicate<String> predicate) throws Exception {
        try {
            return Await.until(what, () -> lines().stream().filter(predicate).findFirst());
        } catch (AssertionError e) {
            throw new AssertionError("On the screen is%n%s".formatted(this), e);
        }
    }

    List<String> lines() {
        return screen.toString().lines().map(String::stripTrailing).toList();
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
