package dev.drey.server.applications;

import dev.drey.server.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.ApplicationID;
import org.apache.flink.runtime.application.ArchivedApplication;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;

/** One application and its jobs. */
public record OneApplication(ApplicationID applicationId)
        implements Source.OfDispatcher<ArchivedApplication> {

    @Override
    public CompletableFuture<ArchivedApplication> ask(
            DispatcherGateway dispatcher, Duration timeout) {
        return dispatcher.requestApplication(applicationId, timeout);
    }

    @Override
    public String description() {
        return "application " + applicationId;
    }
}
