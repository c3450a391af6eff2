package org.apache.flink.runtime.rest.handler.job;

import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.rest.handler.HandlerRequest;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.ResponseBody;

/** Asks Flink's own handlers without their endpoint. */
public final class HandlerBridge {

    /**
     * What {@code handler} answers.
     *
     * @param path its path parameters by name
     */
    public static <R extends ResponseBody, M extends JobMessageParameters> R answer(
            AbstractAccessExecutionGraphHandler<R, M> handler,
            Map<String, String> path,
            Map<String, List<String>> query,
            AccessExecutionGraph graph)
            throws Exception {
        return handler.handleRequest(
                HandlerRequest.resolveParametersAndCreate(
                        EmptyRequestBody.getInstance(),
                        handler.getMessageHeaders().getUnresolvedMessageParameters(),
                        path,
                        query,
                        List.of()),
                graph);
    }

    private HandlerBridge() {}
}
