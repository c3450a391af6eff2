package dev.drey.server.http;

import jakarta.ws.rs.BadRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.InvalidFileNameException;
import org.apache.commons.fileupload.UploadContext;

/** A multipart body on its way in: its parts are seen one after the other, and none is kept. */
public final class MultipartForm {

    private final String contentType;
    private final long contentLength;
    private final InputStream body;

    /**
     * Takes a body that is not yet read.
     *
     * @param contentLength length of the whole body in bytes, {@code null} if the sender did not
     *     say
     */
    public MultipartForm(String contentType, String contentLength, InputStream body) {
        this.contentType = contentType;
        this.contentLength = contentLength == null ? -1 : Long.parseLong(contentLength);
        this.body = body;
    }

    /** Takes one part. */
    public interface Visitor {
        /**
         * Takes one part.
         *
         * @param name the part's name
         * @param fileName the file's name, {@code null} if the part is no file
         * @param content its bytes; reading them fails with an {@link UncheckedIOException} or an
         *     {@link IOException} if the sender stops
         */
        void visit(String name, String fileName, InputStream content) throws IOException;
    }

    /** The name of a file without the folders that its sender may have put before it. */
    public static String lastSegment(String fileName) {
        return fileName.substring(
                Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    }

    /** Length of the whole body in bytes, -1 if the sender did not say. */
    public long contentLength() {
        return contentLength;
    }

    /**
     * Shows every part to {@code visitor}.
     *
     * @throws BadRequestException if the body is no form or ends too early
     */
    public void forEachPart(Visitor visitor) {
        try {
            FileItemIterator parts = new FileUpload().getItemIterator(new Context());
            for (FileItemStream part = next(parts); part != null; part = next(parts)) {
                // Not closed here: that would read the rest of a part that the visitor refused.
                visitor.visit(
                        part.getFieldName(),
                        part.isFormField() ? null : part.getName(),
                        part.openStream());
            }
        } catch (FileUploadException | InvalidFileNameException e) {
            throw new BadRequestException(
                    "The request body is no multipart form: send it as curl -F does", e);
        } catch (IOException | UncheckedIOException e) {
            throw new BadRequestException("The request ended before its body did", e);
        }
    }

    /** The parser fails on some malformed parts as if it were broken itself. */
    private static FileItemStream next(FileItemIterator parts)
            throws FileUploadException, IOException {
        try {
            return parts.hasNext() ? parts.next() : null;
        } catch (NullPointerException | IllegalStateException e) {
            throw new FileUploadException("A part of the form cannot be read", e);
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
