package dev.drey.server.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a file, which are read while they are sent. */
public interface Content extends Closeable {

    /** How many bytes it had when it was opened. */
    long length();

    /**
     * Reads some bytes; may block, but not for what lies before them. Positions never go back.
     *
     * @param position of the first of them
     * @return how many; 0 while they are still on their way, -1 at the end
     */
    int read(ByteBuffer target, long position) throws IOException;
}
