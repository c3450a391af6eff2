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
import dev.drey.server.async.IdempotencyKey;
import dev.drey.server.async.Operations;
import dev.drey.server.http.MultipartForm;
import dev.drey.server.http.Upload;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.glassfish.jersey.server.ContainerRequest;

/** Jars of user programs. */
@Singleton
@Path("/")
public final class JarsResource {

    public static final String UPLOAD_PATH = "/jars/upload";

    private final JarStore store;
    private final JarRunner runner;
    private final ApplicationRunner applications;
    private final Operations operations;
    private final ServerExecutors executors;
    private final ServerAddress address;

    @Inject
    public JarsResource(
            JarStore store,
            JarRunner runner,
            ApplicationRunner applications,
            Operations operations,
            ServerExecutors executors,
            ServerAddress address) {
        this.store = requireNonNull(store, "store is null");
        this.runner = requireNonNull(runner, "runner is null");
        this.applications = requireNonNull(applications, "applications is null");
        this.operations = requireNonNull(operations, "operations is null");
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
    public CompletionStage<Response> upload(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) String contentLength,
            @HeaderParam(IdempotencyKey.HEADER) IdempotencyKey key,
            InputStream body) {
        MultipartForm form = new MultipartForm(contentType, contentLength, body);
        return executors
                .upload(() -> stored(form, Optional.ofNullable(key)))
                .thenCompose(Function.identity());
    }

    private CompletionStage<Response> stored(MultipartForm form, Optional<IdempotencyKey> key) {
        try (JarStore.Received jar = store.receive(form)) {
            Supplier<CompletionStage<JarUploadResponseBody>> keeping =
                    () ->
                            CompletableFuture.completedFuture(
                                    new JarUploadResponseBody(
                                            jar.keep().toString(), JarUploadResponseBody.SUCCESS));
            return key.isEmpty()
                    ? keeping.get().thenApply(stored -> Response.ok(stored).build())
                    : operations.once(
                            key.get(),
                            "POST " + UPLOAD_PATH,
                            Optional.empty(),
                            List.of(jar.name(), Upload.digest(jar.file())),
                            keeping);
        }
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
            @PathParam("jarid") JarId jarId,
            @BeanParam JarRunQuery query,
            @HeaderParam(IdempotencyKey.HEADER) IdempotencyKey key,
            JarRunRequestBody body) {
        JarRunRequestBody request = query.under(body);
        return jar(jarId).thenCompose(jar -> runner.run(jar, request, Optional.ofNullable(key)));
    }

    @POST
    @Path("/jars/{jarid}/run-application")
    public CompletionStage<Response> runApplication(
            @PathParam("jarid") JarId jarId,
            @BeanParam JarRunQuery query,
            @HeaderParam(IdempotencyKey.HEADER) IdempotencyKey key,
            JarRunApplicationRequestBody body) {
        JarRunApplicationRequestBody request = query.under(body);
        return jar(jarId)
                .thenCompose(jar -> applications.run(jar, request, Optional.ofNullable(key)))
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
        return jar(jarId).thenCompose(jar -> runner.plan(jar, request));
    }

    private CompletableFuture<java.nio.file.Path> jar(JarId id) {
        return CompletableFuture.supplyAsync(() -> store.path(id), executors.files());
    }
}
