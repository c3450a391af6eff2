package dev.drey.it.tools.monitor;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** A terminal as long as the monitor has it; closing it leaves the terminal as it was. */
final class Screen implements AutoCloseable {

    /** What a terminal has that does not tell. */
    private static final Size USUAL = Size.of(80, 24);

    private final Terminal terminal;
    private final Attributes attributes;
    private final Display display;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Size size = Size.of(0, 0);

    Screen(Terminal terminal) {
        this.terminal = terminal;
        this.attributes = terminal.enterRawMode();
        this.display = new Display(terminal, true);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.keypad_xmit);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    /**
     * Shows lines, of which only what has changed is written.
     *
     * @param lines for so many columns and rows
     */
    synchronized void draw(BiFunction<Integer, Integer, List<AttributedString>> lines) {
        if (closed.get()) {
            return;
        }
        Size current = terminal.getSize();
        if (current.getColumns() <= 0 || current.getRows() <= 0) {
            current = USUAL;
        }
        if (!current.equals(size)) {
            size = current;
            display.clear();
            display.resize(size);
        }
        display.update(lines.apply(size.getColumns(), size.getRows()), -1);
    }

    @Override
    public synchronized void close() {
        if (closed.compareAndSet(false, true)) {
            terminal.puts(Capability.cursor_visible);
            terminal.puts(Capability.keypad_local);
            terminal.puts(Capability.exit_ca_mode);
            terminal.setAttributes(attributes);
            terminal.flush();
        }
    }
}
