package dev.drey.it.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request whose sender has stopped half-way. */
public final class UnfinishedRequest implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final String rest;

    private UnfinishedRequest(Socket socket, String rest) {
        this.socket = socket;
        this.rest = rest;
    }

    /** Sends a POST with all headers and the first half of its body. */
    public static UnfinishedRequest post(URI server, String path, String contentType, String body)
            throws IOException {
        String head =
                "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(path, server.getAuthority(), contentType, body.length());
        int half = body.length() / 2;
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        UnfinishedRequest request = new UnfinishedRequest(socket, body.substring(half));
        request.send(head + body.substring(0, half));
        return request;
    }

    /** Whether anything was answered. */
    public boolean isAnswered() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    /** Sends the rest of the body, and returns the first line of the answer. */
    public String finish() throws IOException {
        send(rest);
        return new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
    }

    /** Hangs up. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
