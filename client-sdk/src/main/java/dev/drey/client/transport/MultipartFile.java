package dev.drey.client.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/**
 * A form of one file, read piece by piece whenever the connection can take more. Its length is
 * known beforehand: a server can refuse a file that is too large without reading it.
 */
final class MultipartFile implements AsyncEntityProducer {
    private static final int PIECE = 64 * 1024;

    private final String boundary = "drey-" + UUID.randomUUID();
    private final ByteBuffer prefix;
    private final ByteBuffer suffix;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE).limit(0);
    private final Path path;
    private final SeekableByteChannel file;
    private final long contentLength;
    private long unread;

    /**
     * @throws IOException if there is no such file, it is not a regular one, or cannot be opened
     */
    MultipartFile(Request.FilePart part) throws IOException {
        path = part.file();
        if (!Files.isRegularFile(path)) {
            throw new NoSuchFileException(path.toString(), null, "no regular file");
        }
        prefix =
                bytes(
                        """
                        --%s\r
                        Content-Disposition: form-data; name="%s"; filename="%s"\r
                        Content-Type: %s\r
                        \r
                        """
                                .formatted(
                                        boundary,
                                        part.field(),
                                        quoted(path.getFileName().toString()),
                                        part.mediaType()));
        suffix = bytes("\r\n--%s--\r\n".formatted(boundary));
        file = Files.newByteChannel(path);
        unread = file.size();
        contentLength = prefix.remaining() + unread + suffix.remaining();
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
        ByteBuffer next = next();
        channel.write(next);
        if (!suffix.hasRemaining()) {
            channel.endStream(List.of());
        }
    }

    private ByteBuffer next() throws IOException {
        if (prefix.hasRemaining()) {
            return prefix;
        }
        if (!piece.hasRemaining() && unread > 0) {
            piece.clear().limit((int) Math.min(PIECE, unread));
            int count = file.read(piece);
            if (count < 0) {
                throw new IOException(path + " became shorter while it was sent");
            }
            unread -= count;
            piece.flip();
        }
        return piece.hasRemaining() ? piece : suffix;
    }

    @Override
    public void releaseResources() {
        try {
            file.close();
        } catch (IOException e) {
            // Nothing was written to it, so nothing can be lost.
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

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As browsers do it: a file name must not end the header that it stands in. */
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }
}
