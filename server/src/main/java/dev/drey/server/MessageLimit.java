package dev.drey.server;

import static java.util.Objects.requireNonNull;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.function.Predicate;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.rpc.RpcGateway;
import org.apache.flink.runtime.rpc.RpcService;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * How large a job's plan may be that is sent to the leader. Between processes, Flink's RPC drops a
 * larger message without a word, and the files of the job would stay at the leader's blob server.
 */
public final class MessageLimit {

    /** What the message adds to the plan in it: addresses, class names, keys of blobs. */
    private static final int ENVELOPE = 16 * 1024;

    private final long bytes;
    private final Predicate<RpcGateway> isHere;

    /**
     * @param isHere whether a leader is in this process, where nothing is too large
     */
    public MessageLimit(ReadableConfig configuration, Predicate<RpcGateway> isHere) {
        this.bytes = MemorySize.parseBytes(configuration.get(RpcOptions.FRAMESIZE));
        this.isHere = requireNonNull(isHere, "isHere is null");
    }

    /** That of all leaders but those that are reached at {@code own}. */
    public static MessageLimit of(ReadableConfig configuration, RpcService own) {
        String here = "@%s:%d/".formatted(own.getAddress(), own.getPort());
        return new MessageLimit(configuration, leader -> leader.getAddress().contains(here));
    }

    /** Refuses a plan, of which it is known how large it is. */
    public void requireCarries(DispatcherGateway leader, long plan) {
        if (plan + ENVELOPE > bytes && !isHere.test(leader)) {
            throw new ClientErrorException(
                    "The execution plan of %d bytes is too large for a message to the JobManager of at most %d bytes (%s)"
                            .formatted(plan, bytes, RpcOptions.FRAMESIZE.key()),
                    Response.Status.REQUEST_ENTITY_TOO_LARGE);
        }
    }

    /** Refuses a plan that is not written yet. */
    public void requireCarries(DispatcherGateway leader, StreamGraph plan) throws IOException {
        if (!isHere.test(leader)) {
            // Without this, user code is not in what is written.
            plan.serializeUserDefinedInstances();
            requireCarries(leader, written(plan));
        }
    }

    private static long written(StreamGraph plan) throws IOException {
        Counting counting = new Counting();
        try (ObjectOutputStream out = new ObjectOutputStream(counting)) {
            out.writeObject(plan);
        }
        return counting.written;
    }

    private static final class Counting extends OutputStream {

        private long written;

        @Override
        public void write(int one) {
            written++;
        }

        @Override
        public void write(byte[] some, int from, int length) {
            written += length;
        }
    }
}
