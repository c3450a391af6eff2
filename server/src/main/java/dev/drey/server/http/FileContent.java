package dev.drey.server.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on disk. What is appended to it once it is open does not count. */
public final class FileContent implements Content {

    private final FileChannel file;
    private final long length;
    private final Runnable whenClosed;

    private FileContent(FileChannel file, long length, Runnable whenClosed) {
        this.file = file;
        this.length = length;
        this.whenClosed = whenClosed;
    }

    /**
     * Opens {@code path}.
     *
     * @param whenClosed runs once it was closed
     */
    public static FileContent open(Path path, Runnable whenClosed) throws IOException {
        requireNonNull(whenClosed, "whenClosed is null");
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new FileContent(file, file.size(), whenClosed);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            whenClosed.run();
        }
    }
}
