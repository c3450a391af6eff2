package dev.drey.server.jars;

import jakarta.ws.rs.BadRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.UploadContext;

/** A multipart body on its way in, which must hold one file and nothing else. */
final class JarUpload {

    private final String contentType;
    private final long contentLength;
    private final InputStream body;

    JarUpload(String contentType, String contentLength, InputStream body) {
        this.contentType = contentType;
        this.contentLength = contentLength == null ? -1 : Long.parseLong(contentLength);
        this.body = body;
    }

    /** Takes the one file of an upload. */
    interface Receiver<T> {
        T receive(String fileName, InputStream content);
    }

    /** Length of the whole body in bytes, -1 if the sender did not say. */
    long contentLength() {
        return contentLength;
    }

    /**
     * Gives the one file to {@code receiver}, and refuses what follows it.
     *
     * @param discard undoes what the receiver did
     */
    <T> T receiveFile(Receiver<T> receiver, java.util.function.Consumer<T> discard) {
        T received = null;
        boolean complete = false;
        try {
            FileItemIterator parts = new FileUpload().getItemIterator(new Context());
            while (parts.hasNext()) {
                FileItemStream part = parts.next();
                if (part.isFormField()) {
                    throw new BadRequestException(
                            "Unknown form field '%s': send one file"
                                    .formatted(part.getFieldName()));
                }
                if (received != null) {
                    throw new BadRequestException("More than one file: send exactly one jar");
                }
                try (InputStream content = part.openStream()) {
                    received = receiver.receive(part.getName(), content);
                }
            }
            if (received == null) {
                throw new BadRequestException("No file: send exactly one jar");
            }
            complete = true;
            return received;
        } catch (FileUploadException e) {
            throw new BadRequestException(
                    "No multipart form: send the jar as curl -F jarfile=@FILE does", e);
        } catch (IOException | UncheckedIOException e) {
            throw new BadRequestException("The upload ended before its body did", e);
        } finally {
            if (!complete && received != null) {
                discard.accept(received);
            }
        }
    }

    private final class Context implements UploadContext {
        @Override
        public long contentLength() {
            return contentLength;
        }

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        @Deprecated
        public int getContentLength() {
            return (int) Math.min(contentLength, Integer.MAX_VALUE);
        }

        @Override
        public InputStream getInputStream() {
            return body;
        }
    }
}
