package dev.drey.it.tools.monitor;

import org.jline.keymap.KeyMap;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** What a key that was pressed means. */
enum Key {
    UP,
    DOWN,
    SAVEPOINT,
    CANCEL,
    YES,
    NO,
    QUIT,
    /** Nothing. */
    OTHER;

    /** What the keys of a terminal mean. */
    static KeyMap<Key> of(Terminal terminal) {
        KeyMap<Key> keys = new KeyMap<>();
        // Terminals do not agree on whether arrows are sent as in their description.
        keys.bind(UP, "k", "\033[A", "\033OA");
        keys.bind(DOWN, "j", "\033[B", "\033OB");
        String up = KeyMap.key(terminal, Capability.key_up);
        String down = KeyMap.key(terminal, Capability.key_down);
        if (up != null && down != null) {
            keys.bind(UP, up);
            keys.bind(DOWN, down);
        }
        keys.bind(SAVEPOINT, "s");
        keys.bind(CANCEL, "c");
        keys.bind(YES, "y");
        keys.bind(NO, "n", KeyMap.esc());
        keys.bind(QUIT, "q", KeyMap.ctrl('C'), KeyMap.ctrl('D'));
        keys.setNomatch(OTHER);
        keys.setUnicode(OTHER);
        return keys;
    }
}
