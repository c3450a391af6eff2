package org.apache.flink.runtime.rest.handler.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.rest.handler.HandlerRequest;
import org.apache.flink.runtime.rest.handler.HandlerRequestException;
import org.apache.flink.runtime.rest.handler.legacy.DefaultExecutionGraphCache;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobExceptionsHeaders;
import org.apache.flink.runtime.rest.messages.JobExceptionsInfoWithHistory;
import org.apache.flink.runtime.rest.messages.job.JobExceptionsMessageParameters;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

/** Reaches what Flink's handler answers to a query: archives have no query. */
public final class JobExceptionsBridge {

    public static JobExceptionsInfoWithHistory exceptions(
            ExecutionGraphInfo graph, Map<String, List<String>> query)
            throws HandlerRequestException {
        return new JobExceptionsHandler(
                        CompletableFuture::new,
                        Duration.ofSeconds(1),
                        Map.of(),
                        JobExceptionsHeaders.getInstance(),
                        new DefaultExecutionGraphCache(
                                Duration.ofSeconds(1), Duration.ofSeconds(1)),
                        Runnable::run)
                .handleRequest(
                        HandlerRequest.resolveParametersAndCreate(
                                EmptyRequestBody.getInstance(),
                                new JobExceptionsMessageParameters(),
                                Map.of("jobid", graph.getJobId().toString()),
                                query,
                                List.of()),
                        graph);
    }

    private JobExceptionsBridge() {}
}
