package dev.drey.model.processes;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the threads of a process are doing.
 *
 * @param threadInfos a thread each
 */
public record ThreadDumpInfo(@JsonProperty("threadInfos") List<ThreadInfo> threadInfos) {

    /**
     * A thread.
     *
     * @param threadName its name; not unique
     * @param stringifiedThreadInfo its state, locks and stack as a thread dump shows them, in
     *     lines; the stack is cut off below {@code cluster.thread-dump.stacktrace-max-depth} frames
     */
    public record ThreadInfo(
            @JsonProperty("threadName") String threadName,
            @JsonProperty("stringifiedThreadInfo") String stringifiedThreadInfo) {}
}
