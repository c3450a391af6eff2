package dev.drey.server.profiler;

import static java.util.Objects.requireNonNull;

import dev.drey.model.ResourceId;
import dev.drey.model.profiler.ProfilingInfo;
import dev.drey.model.profiler.ProfilingInfo.ProfilingMode;
import dev.drey.model.profiler.ProfilingRequestBody;
import dev.drey.server.ClusterGateways;
import dev.drey.server.Ids;
import dev.drey.server.View;
import dev.drey.server.error.Failures;
import dev.drey.server.http.Downloads;
import dev.drey.server.http.RequestEnums;
import dev.drey.server.processes.TaskManagerFiles;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.glassfish.grizzly.http.server.Request;

/** Profiles of the cluster's processes, which are taken only where that is enabled. */
@Singleton
@Path("/")
public final class ProfilerResource {

    private final ClusterGateways gateways;
    private final TaskManagerFiles files;
    private final Downloads downloads;
    private final Duration longest;
    private final Duration timeout;

    @Inject
    public ProfilerResource(
            ClusterGateways gateways,
            TaskManagerFiles files,
            Downloads downloads,
            Configuration configuration) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.files = requireNonNull(files, "files is null");
        this.downloads = requireNonNull(downloads, "downloads is null");
        this.longest = configuration.get(RestOptions.MAX_PROFILING_DURATION);
        this.timeout = configuration.get(WebOptions.TIMEOUT);
    }

    @GET
    @Path("/jobmanager/profiler")
    public View ofJobManager() {
        return View.of(new ProfilesOfJobManager(), Function.identity());
    }

    @GET
    @Path("/taskmanagers/{taskmanagerid}/profiler")
    public View ofTaskManager(@PathParam("taskmanagerid") ResourceId resourceId) {
        return View.of(
                new ProfilesOfTaskManager(Ids.toFlink(resourceId)), ProfilingConverter::list);
    }

    @POST
    @Path("/jobmanager/profiler")
    public CompletionStage<ProfilingInfo> startOnJobManager(ProfilingRequestBody body) {
        return explained("the JobManager", gateways.jobManager().startProfile(valid(body)));
    }

    @POST
    @Path("/taskmanagers/{taskmanagerid}/profiler")
    public CompletionStage<ProfilingInfo> startOnTaskManager(
            @PathParam("taskmanagerid") ResourceId resourceId, ProfilingRequestBody body) {
        ProfilingRequestBody profile = valid(body);
        return explained(
                "task manager " + resourceId.value(),
                gateways.resourceManager()
                        .thenCompose(
                                manager ->
                                        manager.requestProfiling(
                                                Ids.toFlink(resourceId),
                                                profile.duration(),
                                                ProfilingConverter.mode(profile.mode()),
                                                timeout))
                        .thenApply(ProfilingConverter::info));
    }

    @GET
    @Path("/jobmanager/profiler/{filename}")
    public CompletionStage<Response> fileOfJobManager(
            @Context Request request, @PathParam("filename") String name) {
        return downloads.answer(request, gateways.jobManager().profile(name));
    }

    @GET
    @Path("/taskmanagers/{taskmanagerid}/profiler/{filename}")
    public CompletionStage<Response> fileOfTaskManager(
            @Context Request request,
            @PathParam("taskmanagerid") ResourceId resourceId,
            @PathParam("filename") String name) {
        return downloads.answer(request, files.profile(Ids.toFlink(resourceId), name));
    }

    private ProfilingRequestBody valid(ProfilingRequestBody body) {
        if (body.mode() == null) {
            throw new BadRequestException(
                    "Field 'mode' is missing: send one of "
                            + String.join(", ", RequestEnums.choices(ProfilingMode.class)));
        }
        if (body.duration() == null
                || body.duration() <= 0
                || body.duration() > longest.toSeconds()) {
            throw new BadRequestException(
                    "Field 'duration' is %s: send a number of seconds from 1 to %d (%s)"
                            .formatted(
                                    body.duration() == null ? "missing" : body.duration(),
                                    longest.toSeconds(),
                                    RestOptions.MAX_PROFILING_DURATION.key()));
        }
        return body;
    }

    private static CompletableFuture<ProfilingInfo> explained(
            String process, CompletableFuture<ProfilingInfo> profile) {
        return profile.exceptionallyCompose(
                failure ->
                        CompletableFuture.failedFuture(
                                explained(process, Failures.strip(failure))));
    }

    private static Throwable explained(String process, Throwable failure) {
        if (failure instanceof IllegalStateException && failure.getCause() == null) {
            // Flink's profiler says in no other way that it is at work.
            return new ClientErrorException(
                    "A profile of %s, or of another in its process, is being taken already: ask again when it has ended"
                            .formatted(process),
                    Response.Status.CONFLICT,
                    failure);
        }
        boolean missing =
                failure instanceof LinkageError
                        || failure instanceof UnsupportedOperationException
                        || failure instanceof IllegalStateException;
        return missing
                ? new InternalServerErrorException(
                        "No profile of %s can be taken: async-profiler does not load there (%s)"
                                .formatted(process, Failures.told(failure)),
                        failure)
                : failure;
    }
}
