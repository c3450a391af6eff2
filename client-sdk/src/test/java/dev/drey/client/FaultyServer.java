package dev.drey.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server by hand, so that it can do everything wrong, one thread a connection. */
public final class FaultyServer implements AutoCloseable {

    /** What the server does with a request whose head it has read. */
    @FunctionalInterface
    public interface Behaviour {
        void serve(Connection connection) throws IOException;
    }

    private final ServerSocket socket;
    private final Behaviour behaviour;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> requested = new CompletableFuture<>();
    private final CompletableFuture<Void> disconnected = new CompletableFuture<>();

    private FaultyServer(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            socket = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public static FaultyServer that(Behaviour behaviour) {
        return new FaultyServer(behaviour);
    }

    /**
     * One that tells who answers, as a client may ask before it writes, and that does {@code
     * behaviour} otherwise.
     */
    public static FaultyServer thatIsKnownAnd(Behaviour behaviour) {
        return new FaultyServer(
                connection -> {
                    if (connection.head().startsWith("GET /v1/config ")) {
                        connection.answerJson(200, "{}");
                    } else {
                        behaviour.serve(connection);
                    }
                });
    }

    /** A port of this machine on which nobody listens. */
    public static String deadEndpoint() {
        try (FaultyServer server = that(connection -> {})) {
            return server.endpoint();
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** The heads of all requests so far. */
    public List<String> heads() {
        return heads;
    }

    /** The same without the question who answers, which may come before a write. */
    public List<String> headsOfCalls() {
        return heads.stream().filter(head -> !head.startsWith("GET /v1/config ")).toList();
    }

    /** The number of connections that are open now. */
    public int connections() {
        return open.size();
    }

    /** Completes when the head of a request was read. */
    public CompletableFuture<Void> requested() {
        return requested;
    }

    /** Completes when a client has closed its connection. */
    public CompletableFuture<Void> disconnected() {
        return disconnected;
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket accepted = socket.accept();
                open.add(accepted);
                Connection connection = new Connection(accepted);
                start(() -> serve(accepted, connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket accepted, Connection connection) {
        try (accepted) {
            while (connection.readHead()) {
                heads.add(connection.head());
                requested.complete(null);
                behaviour.serve(connection);
            }
        } catch (IOException e) {
            // The client went away in the middle of something, which is what the tests are about.
        } finally {
            open.remove(accepted);
            connection.closed.complete(null);
            disconnected.complete(null);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "faulty-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** A connection on which a request has come. */
    public static final class Connection {
        private final Socket socket;
        private final InputStream in;
        private final CompletableFuture<Void> closed = new CompletableFuture<>();
        private String head = "";

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        }

        /** Completes when the client has closed it. */
        public CompletableFuture<Void> closed() {
            return closed;
        }

        /** Request line and headers. */
        public String head() {
            return head;
        }

        public InputStream in() {
            return in;
        }

        /** The value of a header of the request; empty without one. */
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).trim())
                    .findFirst()
                    .orElse("");
        }

        /** Reads the body, whose length the request must tell. */
        public String readBody() throws IOException {
            String length = header("Content-Length");
            return length.isEmpty()
                    ? ""
                    : new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
        }

        /** Sends text as it is. */
        public void send(String raw) throws IOException {
            send(raw.getBytes(StandardCharsets.UTF_8));
        }

        /** Sends bytes as they are. */
        public void send(byte[] raw) throws IOException {
            socket.getOutputStream().write(raw);
        }

        /** Sends a whole answer. */
        public void answer(int status, String contentType, String body) throws IOException {
            send(
                    "HTTP/1.1 %d Any\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(
                                    status,
                                    contentType,
                                    body.getBytes(StandardCharsets.UTF_8).length,
                                    body));
        }

        /** Sends a whole answer as Flink does, after reading the body of the request. */
        public void answerJson(int status, String body) throws IOException {
            readBody();
            answer(status, "application/json; charset=UTF-8", body);
        }

        /** Ends the connection when all is sent. */
        public void end() throws IOException {
            socket.shutdownOutput();
        }

        /** Breaks the connection with a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        boolean readHead() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int newlines = 0;
            while (newlines < 2) {
                int b = in.read();
                if (b < 0) {
                    return false;
                }
                bytes.write(b);
                if (b == '\n') {
                    newlines++;
                } else if (b != '\r') {
                    newlines = 0;
                }
            }
            head = bytes.toString(StandardCharsets.UTF_8);
            return true;
        }
    }
}
