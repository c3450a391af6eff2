package dev.drey.it.tools;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.client.async.OperationFuture;
import dev.drey.model.JobId;
import dev.drey.model.savepoints.SavepointInfo;
import dev.drey.model.savepoints.StopWithSavepointRequestBody;

/** Stops a job with a savepoint. */
public final class SavepointAndStop {

    /**
     * Runs it.
     *
     * @param arguments the endpoint, the job, and the folder for the savepoint
     */
    public static void main(String[] arguments) {
        JobId job = JobId.fromString(arguments[1]);
        String folder = arguments[2];
        try (FlinkMonitoringClient flink =
                FlinkMonitoringClient.builder().endpoint(arguments[0]).build()) {
            OperationFuture<SavepointInfo> stop =
                    flink.savepoints()
                            .stop(job, new StopWithSavepointRequestBody(folder, null, null, null));
            System.out.println("to go on with it: " + stop.token());
            System.out.println("savepoint at " + stop.result().join().location());
        }
    }

    private SavepointAndStop() {}
}
