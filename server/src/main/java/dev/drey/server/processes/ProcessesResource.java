package dev.drey.server.processes;

import static java.util.Objects.requireNonNull;

import dev.drey.model.ResourceId;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Ids;
import dev.drey.server.View;
import dev.drey.server.http.Downloads;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.glassfish.grizzly.http.server.Request;

/** Logs and threads of the cluster's processes. */
@Singleton
@Path("/")
public final class ProcessesResource {

    private final ClusterGateways gateways;
    private final TaskManagerFiles files;
    private final Downloads downloads;

    @Inject
    public ProcessesResource(
            ClusterGateways gateways, TaskManagerFiles files, Downloads downloads) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.files = requireNonNull(files, "files is null");
        this.downloads = requireNonNull(downloads, "downloads is null");
    }

    @GET
    @Path("/jobmanager/logs")
    public View logsOfJobManager() {
        return View.of(new LogsOfJobManager(), Function.identity());
    }

    @GET
    @Path("/jobmanager/log")
    public CompletionStage<Response> logOfJobManager(@Context Request request) {
        return downloads.answer(request, gateways.jobManager().log());
    }

    @GET
    @Path("/jobmanager/stdout")
    public CompletionStage<Response> stdoutOfJobManager(@Context Request request) {
        return downloads.answer(request, gateways.jobManager().stdout());
    }

    @GET
    @Path("/jobmanager/logs/{filename}")
    public CompletionStage<Response> fileOfJobManager(
            @Context Request request, @PathParam("filename") String name) {
        return downloads.answer(request, gateways.jobManager().log(name));
    }

    @GET
    @Path("/jobmanager/thread-dump")
    public View threadsOfJobManager() {
        return View.of(new ThreadsOfJobManager(), ProcessesConverter::threads);
    }

    @GET
    @Path("/taskmanagers/{taskmanagerid}/logs")
    public View logsOfTaskManager(@PathParam("taskmanagerid") ResourceId resourceId) {
        return View.of(new LogsOfTaskManager(Ids.toFlink(resourceId)), ProcessesConverter::logs);
    }

    @GET
    @Path("/taskmanagers/{taskmanagerid}/log")
    public CompletionStage<Response> logOfTaskManager(
            @Context Request request, @PathParam("taskmanagerid") ResourceId resourceId) {
        return downloads.answer(request, files.log(Ids.toFlink(resourceId)));
    }

    @GET
    @Path("/taskmanagers/{taskmanagerid}/stdout")
    public CompletionStage<Response> stdoutOfTaskManager(
            @Context Request request, @PathParam("taskmanagerid") ResourceId resourceId) {
        return downloads.answer(request, files.stdout(Ids.toFlink(resourceId)));
    }

    @GET
    @Path("/taskmanagers/{taskmanagerid}/logs/{filename}")
    public CompletionStage<Response> fileOfTaskManager(
            @Context Request request,
            @PathParam("taskmanagerid") ResourceId resourceId,
            @PathParam("filename") String name) {
        return downloads.answer(request, files.file(Ids.toFlink(resourceId), name));
    }

    @GET
    @Path("/taskmanagers/{taskmanagerid}/thread-dump")
    public View threadsOfTaskManager(@PathParam("taskmanagerid") ResourceId resourceId) {
        return View.of(
                new ThreadsOfTaskManager(Ids.toFlink(resourceId)), ProcessesConverter::threads);
    }
}
