package dev.drey.model.taskmanagers;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The memory of a task manager as it last told it: bytes, unless said otherwise. All is {@code 0}
 * until it has told something.
 *
 * @param heapUsed heap in use
 * @param heapCommitted heap that the JVM has for sure
 * @param heapMax largest heap the JVM will have
 * @param nonHeapUsed memory in use beside the heap, such as metaspace
 * @param nonHeapCommitted of that, what the JVM has for sure
 * @param nonHeapMax of that, the most it will have; {@code -1} if there is no limit
 * @param directCount number of direct buffers
 * @param directUsed bytes of direct buffers
 * @param directMax capacity of direct buffers
 * @param mappedCount number of mapped buffers
 * @param mappedUsed bytes of mapped buffers
 * @param mappedMax capacity of mapped buffers
 * @param shuffleMemorySegmentsAvailable number of free network buffers
 * @param shuffleMemorySegmentsUsed number of network buffers in use
 * @param shuffleMemorySegmentsTotal number of network buffers
 * @param shuffleMemoryAvailable bytes of free network buffers
 * @param shuffleMemoryUsed bytes of network buffers in use
 * @param shuffleMemoryTotal bytes of all network buffers
 * @param garbageCollectors the JVM's garbage collectors, and {@code All} of them together
 */
public record TaskManagerMetricsInfo(
        @JsonProperty("heapUsed") long heapUsed,
        @JsonProperty("heapCommitted") long heapCommitted,
        @JsonProperty("heapMax") long heapMax,
        @JsonProperty("nonHeapUsed") long nonHeapUsed,
        @JsonProperty("nonHeapCommitted") long nonHeapCommitted,
        @JsonProperty("nonHeapMax") long nonHeapMax,
        @JsonProperty("directCount") long directCount,
        @JsonProperty("directUsed") long directUsed,
        @JsonProperty("directMax") long directMax,
        @JsonProperty("mappedCount") long mappedCount,
        @JsonProperty("mappedUsed") long mappedUsed,
        @JsonProperty("mappedMax") long mappedMax,
        @JsonProperty("nettyShuffleMemorySegmentsAvailable") long shuffleMemorySegmentsAvailable,
        @JsonProperty("nettyShuffleMemorySegmentsUsed") long shuffleMemorySegmentsUsed,
        @JsonProperty("nettyShuffleMemorySegmentsTotal") long shuffleMemorySegmentsTotal,
        @JsonProperty("nettyShuffleMemoryAvailable") long shuffleMemoryAvailable,
        @JsonProperty("nettyShuffleMemoryUsed") long shuffleMemoryUsed,
        @JsonProperty("nettyShuffleMemoryTotal") long shuffleMemoryTotal,
        @JsonProperty("garbageCollectors") List<GarbageCollectorInfo> garbageCollectors) {

    /**
     * What a garbage collector has done since the JVM started.
     *
     * @param name such as {@code G1_Young_Generation}
     * @param count number of collections
     * @param time what they took, in milliseconds
     */
    public record GarbageCollectorInfo(
            @JsonProperty("name") String name,
            @JsonProperty("count") long count,
            @JsonProperty("time") long time) {}
}
