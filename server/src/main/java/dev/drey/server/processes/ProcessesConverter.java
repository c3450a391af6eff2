package dev.drey.server.processes;

import dev.drey.model.processes.LogListInfo;
import dev.drey.model.processes.ThreadDumpInfo;
import dev.drey.model.processes.ThreadDumpInfo.ThreadInfo;
import java.util.Collection;
import org.apache.flink.runtime.rest.messages.LogInfo;

/** What a process tells of itself. */
final class ProcessesConverter {

    static LogListInfo logs(Collection<LogInfo> logs) {
        return new LogListInfo(
                logs.stream()
                        .map(
                                log ->
                                        new LogListInfo.LogInfo(
                                                log.getName(), log.getSize(), log.getMtime()))
                        .toList());
    }

    static ThreadDumpInfo threads(org.apache.flink.runtime.rest.messages.ThreadDumpInfo dump) {
        return new ThreadDumpInfo(
                dump.getThreadInfos().stream()
                        .map(
                                thread ->
                                        new ThreadInfo(
                                                thread.getThreadName(),
                                                thread.getStringifiedThreadInfo()))
                        .toList());
    }

    private ProcessesConverter() {}
}
