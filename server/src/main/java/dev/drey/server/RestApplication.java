package dev.drey.server;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import dev.drey.server.applications.ApplicationsResource;
import dev.drey.server.async.Operations;
import dev.drey.server.async.OperationsResource;
import dev.drey.server.checkpoints.CheckpointsResource;
import dev.drey.server.cluster.ClusterResource;
import dev.drey.server.dashboard.DashboardFilter;
import dev.drey.server.datasets.DataSetsResource;
import dev.drey.server.error.ThrowableMapper;
import dev.drey.server.health.HealthResource;
import dev.drey.server.http.ApiVersionFilter;
import dev.drey.server.http.Downloads;
import dev.drey.server.http.InstanceFilter;
import dev.drey.server.http.JsonBodyInterceptor;
import dev.drey.server.http.OriginFilter;
import dev.drey.server.http.OriginPolicy;
import dev.drey.server.http.RequestEnums;
import dev.drey.server.http.UploadFolder;
import dev.drey.server.http.WireFormatFilter;
import dev.drey.server.jars.ApplicationRunner;
import dev.drey.server.jars.JarRunner;
import dev.drey.server.jars.JarStore;
import dev.drey.server.jars.JarsResource;
import dev.drey.server.jobmanager.JobManagerResource;
import dev.drey.server.jobmanager.LogUrlsResource;
import dev.drey.server.jobs.JobEvents;
import dev.drey.server.jobs.JobEventsResource;
import dev.drey.server.jobs.JobSubmitter;
import dev.drey.server.jobs.JobsResource;
import dev.drey.server.metrics.MetricsResource;
import dev.drey.server.processes.ProcessesResource;
import dev.drey.server.processes.TaskManagerFiles;
import dev.drey.server.profiler.ProfilerResource;
import dev.drey.server.rescaling.Rescaler;
import dev.drey.server.rescaling.RescalingResource;
import dev.drey.server.savepoints.SavepointsResource;
import dev.drey.server.taskmanagers.TaskManagersResource;
import dev.drey.server.telemetry.Routes;
import dev.drey.server.telemetry.Telemetry;
import dev.drey.server.vertices.VerticesResource;
import jakarta.inject.Singleton;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.media.sse.SseFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;

/** The one map of the server. */
public final class RestApplication extends ResourceConfig {

    /** The routes that read their bodies as they come, each a method and a path. */
    public static final Set<String> STREAMED_ROUTES =
            Set.of("POST " + JarsResource.UPLOAD_PATH, "POST " + JobsResource.SUBMIT_PATH);

    public RestApplication(
            Configuration configuration,
            ClusterGateways gateways,
            ServerExecutors executors,
            ServerAddress address,
            Operations operations,
            UploadFolder uploads,
            Telemetry telemetry) {
        register(ClusterResource.class);
        register(ApplicationsResource.class);
        register(JobsResource.class);
        register(JobEventsResource.class);
        register(VerticesResource.class);
        register(MetricsResource.class);
        register(CheckpointsResource.class);
        register(SavepointsResource.class);
        register(RescalingResource.class);
        register(TaskManagersResource.class);
        register(LogUrlsResource.class);
        register(JobManagerResource.class);
        register(ProcessesResource.class);
        register(DataSetsResource.class);
        if (configuration.get(WebOptions.SUBMIT_ENABLE)) {
            register(JarsResource.class);
        }
        if (configuration.get(RestOptions.ENABLE_PROFILER)) {
            register(ProfilerResource.class);
        }
        register(SseFeature.class);
        register(OperationsResource.class);
        register(HealthResource.class);

        if (telemetry.countsRoutes()) {
            register(Routes.class);
        }
        register(ThrowableMapper.class);
        register(ApiVersionFilter.class);
        register(new InstanceFilter());
        register(DashboardFilter.class);
        register(WireFormatFilter.class);
        register(new OriginFilter(OriginPolicy.of(configuration)));
        ObjectMapper json =
                JsonMapper.builder()
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .addModule(new RequestEnums())
                        .build();
        register(new JacksonJsonProvider(json));
        register(new JsonBodyInterceptor(json.reader()));

        SharedFetches fetches =
                new SharedFetches(
                        gateways, configuration, executors.rendering(), telemetry.fetches());
        register(new FreshAfterWrite(fetches));
        ViewRenderer renderer =
                new ViewRenderer(
                        fetches,
                        json.writer(),
                        executors.rendering(),
                        configuration.get(DreyOptions.READ_TIMEOUT));
        register(
                new AbstractBinder() {
                    @Override
                    protected void configure() {
                        bind(configuration).to(Configuration.class);
                        bind(gateways).to(ClusterGateways.class);
                        bind(executors).to(ServerExecutors.class);
                        bind(address).to(ServerAddress.class);
                        bind(uploads).to(UploadFolder.class);
                        bind(json).to(ObjectMapper.class);
                        bindAsContract(JarStore.class).in(Singleton.class);
                        bindAsContract(JobSubmitter.class).in(Singleton.class);
                        bindAsContract(JobEvents.class).in(Singleton.class);
                        bindAsContract(JarRunner.class).in(Singleton.class);
                        bindAsContract(ApplicationRunner.class).in(Singleton.class);
                        bindAsContract(TaskManagerFiles.class).in(Singleton.class);
                        bindAsContract(Downloads.class).in(Singleton.class);
                        bindAsContract(Rescaler.class).in(Singleton.class);
                        bind(fetches).to(SharedFetches.class);
                        bind(operations).to(Operations.class);
                        bind(renderer).to(ViewRenderer.class);
                        bindAsContract(HeldAnswers.class).in(Singleton.class);
                        bind(Dispatch.class)
                                .to(ResourceMethodInvocationHandlerProvider.class)
                                .in(Singleton.class);
                    }
                });

        property(ServerProperties.WADL_FEATURE_DISABLE, true);
        property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
    }
}
