package dev.drey.server.jars;

import static java.util.Objects.requireNonNull;

import dev.drey.model.EmptyRequestBody;
import dev.drey.model.EmptyResponseBody;
import dev.drey.model.JarId;
import dev.drey.model.jars.JarListInfo;
import dev.drey.model.jars.JarPlanRequestBody;
import dev.drey.model.jars.JarRunApplicationRequestBody;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jars.JarRunResponseBody;
import dev.drey.model.jars.JarUploadResponseBody;
import dev.drey.model.jobs.JobPlanInfo;
import dev.drey.server.ServerAddress;
import dev.drey.server.ServerExecutors;
import dev.drey.server.View;
import dev.drey.server.http.MultipartForm;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.glassfish.jersey.server.ContainerRequest;

/** Jars of user programs. */
@Singleton
@Path("/")
public final class JarsResource {

    public static final String UPLOAD_PATH = "/jars/upload";

    private final JarStore store;
    private final JarRunner runner;
    private final ApplicationRunner applications;
    private final ServerExecutors executors;
    private final ServerAddress address;

    @Inject
    public JarsResource(
            JarStore store,
            JarRunner runner,
            ApplicationRunner applications,
            ServerExecutors executors,
            ServerAddress address) {
        this.store = requireNonNull(store, "store is null");
        this.runner = requireNonNull(runner, "runner is null");
        this.applications = requireNonNull(applications, "applications is null");
        this.executors = requireNonNull(executors, "executors is null");
        this.address = requireNonNull(address, "address is null");
    }

    @GET
    @Path("/jars")
    public View list() {
        return View.of(
                new UploadedJars(store, executors.files()),
                jars -> new JarListInfo(address.baseUri().toString(), jars));
    }

    @POST
    @Path(UPLOAD_PATH)
    @Consumes(MediaType.WILDCARD)
    public CompletionStage<JarUploadResponseBody> upload(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) String contentLength,
            InputStream body) {
        MultipartForm form = new MultipartForm(contentType, contentLength, body);
        return executors.upload(
                () ->
                        new JarUploadResponseBody(
                                store.add(form).toString(), JarUploadResponseBody.SUCCESS));
    }

    @DELETE
    @Path("/jars/{jarid}")
    public CompletionStage<EmptyResponseBody> delete(
            @PathParam("jarid") JarId jarId, EmptyRequestBody body) {
        return CompletableFuture.supplyAsync(
                () -> {
                    store.delete(jarId);
                    applications.forget(jarId);
                    return new EmptyResponseBody();
                },
                executors.files());
    }

    @POST
    @Path("/jars/{jarid}/run")
    public CompletionStage<JarRunResponseBody> run(
            @PathParam("jarid") JarId jarId, @BeanParam JarRunQuery query, JarRunRequestBody body) {
        JarRunRequestBody request = query.under(body);
        return runner.run(store.path(jarId), request);
    }

    @POST
    @Path("/jars/{jarid}/run-application")
    public CompletionStage<Response> runApplication(
            @PathParam("jarid") JarId jarId,
            @BeanParam JarRunQuery query,
            JarRunApplicationRequestBody body) {
        JarRunApplicationRequestBody request = query.under(body);
        return applications
                .run(store.path(jarId), request)
                .thenApply(answer -> Response.accepted(answer).build());
    }

    @GET
    @Path("/jars/{jarid}/plan")
    public CompletionStage<JobPlanInfo> plan(
            @PathParam("jarid") JarId jarId,
            @BeanParam JarPlanQuery query,
            @Context ContainerRequest request) {
        // As in Flink a body counts here too. Jersey warns of a GET that declares one.
        return plan(jarId, query, request.readEntity(JarPlanRequestBody.class));
    }

    @POST
    @Path("/jars/{jarid}/plan")
    public CompletionStage<JobPlanInfo> plan(
            @PathParam("jarid") JarId jarId,
            @BeanParam JarPlanQuery query,
            JarPlanRequestBody body) {
        JarPlanRequestBody request = query.under(body);
        return runner.plan(store.path(jarId), request);
    }
}
