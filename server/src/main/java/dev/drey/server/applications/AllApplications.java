package dev.drey.server.applications;

import dev.drey.server.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.messages.webmonitor.MultipleApplicationsDetails;

/** All applications, summarized. */
public record AllApplications() implements Source.OfDispatcher<MultipleApplicationsDetails> {

    @Override
    public CompletableFuture<MultipleApplicationsDetails> ask(
            DispatcherGateway dispatcher, Duration timeout) {
        return dispatcher.requestMultipleApplicationDetails(timeout);
    }

    @Override
    public String description() {
        return "the list of applications";
    }
}
