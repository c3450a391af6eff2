package dev.drey.server.processes;

import dev.drey.server.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.rest.messages.ThreadDumpInfo;

/** The threads of the JobManager. */
record ThreadsOfJobManager() implements Source.OfDispatcher<ThreadDumpInfo> {

    @Override
    public CompletableFuture<ThreadDumpInfo> ask(DispatcherGateway dispatcher, Duration timeout) {
        return dispatcher.requestThreadDump(timeout);
    }

    @Override
    public String description() {
        return "the threads of the JobManager";
    }
}
