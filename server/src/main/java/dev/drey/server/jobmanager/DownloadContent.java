package dev.drey.server.jobmanager;

import static java.util.Objects.requireNonNull;

import dev.drey.client.transport.Download;
import dev.drey.server.http.Content;
import jakarta.ws.rs.ServerErrorException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/** A file that comes from the cluster's own REST endpoint, which sends files from their start. */
final class DownloadContent implements Content {

    private final Download download;
    private final ReadableByteChannel bytes;
    private final long length;
    private long position;

    DownloadContent(Download download) {
        this.download = requireNonNull(download, "download is null");
        if (download.length().isEmpty()) {
            download.close();
            throw new ServerErrorException(
                    "The cluster's own REST endpoint does not say how long its file is",
                    Response.Status.BAD_GATEWAY);
        }
        this.bytes = Channels.newChannel(download);
        this.length = download.length().getAsLong();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(ByteBuffer target, long from) throws IOException {
        download.skipNBytes(from - position);
        int read = bytes.read(target);
        position = from + Math.max(read, 0);
        return read;
    }

    @Override
    public void close() {
        download.close();
    }
}
