package org.apache.flink.runtime.rest.handler;

import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.ResponseBody;
import org.apache.flink.runtime.webmonitor.RestfulGateway;
import org.apache.flink.runtime.webmonitor.TestingRestfulGateway;

/** Asks Flink's own handlers of what needs no gateway, without their endpoint. */
public final class RestHandlerBridge {

    /**
     * What {@code handler} answers.
     *
     * @param path its path parameters by name
     */
    public static <R extends ResponseBody> R answer(
            AbstractRestHandler<RestfulGateway, EmptyRequestBody, R, ?> handler,
            Map<String, String> path,
            Map<String, List<String>> query)
            throws Exception {
        return handler.handleRequest(
                        HandlerRequest.resolveParametersAndCreate(
                                EmptyRequestBody.getInstance(),
                                handler.getMessageHeaders().getUnresolvedMessageParameters(),
                                path,
                                query,
                                List.of()),
                        new TestingRestfulGateway.Builder().build())
                .join();
    }

    private RestHandlerBridge() {}
}
