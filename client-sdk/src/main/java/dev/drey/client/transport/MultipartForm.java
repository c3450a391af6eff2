package dev.drey.client.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/**
 * A form of files, read piece by piece whenever the connection can take more. Its length is known
 * beforehand: a server can refuse a form that is too large without reading it.
 */
final class MultipartForm implements AsyncEntityProducer {
    private static final int PIECE = 64 * 1024;

    private final String boundary = "drey-" + UUID.randomUUID();
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE).limit(0);
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final List<SeekableByteChannel> files = new ArrayList<>();
    private final long contentLength;

    /**
     * @throws IOException if there is no such file, it is not a regular one, or cannot be opened
     */
    MultipartForm(Request.Form form) throws IOException {
        try {
            if (form.request() != null) {
                add(head("name=\"request\"", "application/json") + form.request() + "\r\n");
            }
            for (Request.FilePart file : form.files()) {
                add(file);
            }
            add("--%s--\r\n".formatted(boundary));
        } catch (IOException | RuntimeException e) {
            releaseResources();
            throw e;
        }
        contentLength = segments.stream().mapToLong(Segment::length).sum();
    }

    private void add(Request.FilePart part) throws IOException {
        Path path = part.file();
        if (!Files.isRegularFile(path)) {
            throw new NoSuchFileException(path.toString(), null, "no regular file");
        }
        add(
                head(
                        "name=\"%s\"; filename=\"%s\"".formatted(part.field(), quoted(part.name())),
                        part.mediaType()));
        SeekableByteChannel file = Files.newByteChannel(path);
        files.add(file);
        segments.add(new FileSegment(path, file, file.size()));
        add("\r\n");
    }

    private void add(String text) {
        segments.add(new TextSegment(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private String head(String disposition, String mediaType) {
        return """
               --%s\r
               Content-Disposition: form-data; %s\r
               Content-Type: %s\r
               \r
               """
                .formatted(boundary, disposition, mediaType);
    }

    @Override
    public String getContentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    @Override
    public long getContentLength() {
        return contentLength;
    }

    @Override
    public boolean isChunked() {
        return false;
    }

    @Override
    public int available() {
        return PIECE;
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        ByteBuffer next = segments.element().next();
        channel.write(next);
        if (!next.hasRemaining() && segments.element().isAtEnd()) {
            segments.remove();
        }
        if (segments.isEmpty()) {
            channel.endStream(List.of());
        }
    }

    @Override
    public void releaseResources() {
        for (SeekableByteChannel file : files) {
            try {
                file.close();
            } catch (IOException e) {
                // Nothing was written to it, so nothing can be lost.
            }
        }
    }

    @Override
    public void failed(Exception cause) {
        releaseResources();
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public String getContentEncoding() {
        return null;
    }

    @Override
    public Set<String> getTrailerNames() {
        return Set.of();
    }

    /** As browsers do it: a file name must not end the header that it stands in. */
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    /** A stretch of the form. */
    private interface Segment {
        long length();

        /** What is to be written next. */
        ByteBuffer next() throws IOException;

        /** Whether nothing is left once what is next is written. */
        boolean isAtEnd();
    }

    private record TextSegment(ByteBuffer text) implements Segment {
        @Override
        public long length() {
            return text.remaining();
        }

        @Override
        public ByteBuffer next() {
            return text;
        }

        @Override
        public boolean isAtEnd() {
            return true;
        }
    }

    private final class FileSegment implements Segment {
        private final Path path;
        private final SeekableByteChannel file;
        private final long length;
        private long unread;

        FileSegment(Path path, SeekableByteChannel file, long length) {
            this.path = path;
            this.file = file;
            this.length = length;
            this.unread = length;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public ByteBuffer next() throws IOException {
            if (!piece.hasRemaining() && unread > 0) {
                piece.clear().limit((int) Math.min(PIECE, unread));
                int count = file.read(piece);
                if (count < 0) {
                    throw new IOException(path + " became shorter while it was sent");
                }
                unread -= count;
                piece.flip();
            }
            return piece;
        }

        @Override
        public boolean isAtEnd() {
            return unread == 0;
        }
    }
}
