package dev.drey.server.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.drey.server.error.StartupException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.runtime.application.ArchivedApplication;
import org.apache.flink.runtime.dispatcher.HistoryServerArchivist;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.webmonitor.history.ApplicationJsonArchivist;
import org.apache.flink.runtime.webmonitor.history.ArchivedJson;
import org.apache.flink.runtime.webmonitor.history.JsonArchivist;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;

/**
 * What the server answers about a job or an application that has ended, for all that is {@link
 * Archived}: it is asked as a client would ask it, within this process.
 */
public final class ArchivedViews implements JsonArchivist, ApplicationJsonArchivist {

    private static final URI SERVER = URI.create("http://localhost/");
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    /** As in Flink, a history server says so too where there is nothing to show. */
    private static final Set<Integer> ARCHIVED =
            Set.of(Status.OK.getStatusCode(), Status.NOT_FOUND.getStatusCode());

    private final ApplicationHandler application;
    private final List<Route> routes;

    ArchivedViews(ApplicationHandler application) {
        this.application = requireNonNull(application, "application is null");
        this.routes =
                application.getConfiguration().getClasses().stream()
                        .flatMap(resource -> Arrays.stream(resource.getMethods()))
                        .filter(method -> method.isAnnotationPresent(Archived.class))
                        .map(
                                method ->
                                        Route.of(
                                                method.getAnnotation(Path.class),
                                                method.getAnnotation(Archived.class)))
                        .sorted(Comparator.comparing(Route::path))
                        .toList();
    }

    /**
     * Archives what {@code application} shows in {@code jobmanager.archive.fs.dir}, if that is set.
     *
     * @param executor writes to that folder
     * @throws StartupException if it is none
     */
    public static HistoryServerArchivist archivist(
            Configuration configuration, ApplicationHandler application, Executor executor)
            throws StartupException {
        String folder = configuration.get(JobManagerOptions.ARCHIVE_DIR);
        if (folder != null) {
            requirePath(folder);
        }
        ArchivedViews views = new ArchivedViews(application);
        return HistoryServerArchivist.createHistoryServerArchivist(
                configuration, views, views, executor);
    }

    @Override
    public Collection<ArchivedJson> archiveJsonWithPath(ExecutionGraphInfo job) throws IOException {
        return archive(Ended.job(job));
    }

    @Override
    public Collection<ArchivedJson> archiveApplicationWithPath(ArchivedApplication ended)
            throws IOException {
        return archive(Ended.application(ended));
    }

    private Collection<ArchivedJson> archive(Ended ended) throws IOException {
        List<ArchivedJson> answers = new ArrayList<>();
        for (Route route : routes) {
            if (!route.path.startsWith(ended.root())) {
                continue;
            }
            for (Map<String, String> place : ended.places()) {
                if (place.keySet().equals(route.parameters)) {
                    String path = route.at(place);
                    answers.add(new ArchivedJson(path, answer(path, route.query, ended)));
                }
            }
        }
        return answers;
    }

    private String answer(String path, String query, Ended ended) throws IOException {
        ContainerRequest request =
                new ContainerRequest(
                        SERVER,
                        SERVER.resolve(path + query),
                        HttpMethod.GET,
                        null,
                        new MapPropertiesDelegate(),
                        application.getConfiguration());
        ended.isAskedBy(request);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ContainerResponse response = response(request, body);
        if (!ARCHIVED.contains(response.getStatus())) {
            throw new IOException(
                    "%s cannot be archived: %d %s"
                            .formatted(path, response.getStatus(), body.toString(UTF_8)));
        }
        return body.toString(UTF_8);
    }

    private ContainerResponse response(ContainerRequest request, ByteArrayOutputStream body)
            throws IOException {
        try {
            return application.apply(request, body).get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(e.getMessage());
        }
    }

    /** Flink would find out when the first job has ended, and take it for its own end. */
    private static void requirePath(String folder) throws StartupException {
        try {
            new org.apache.flink.core.fs.Path(folder);
        } catch (IllegalArgumentException e) {
            throw new StartupException(
                    "%s: '%s' is no folder: %s"
                            .formatted(JobManagerOptions.ARCHIVE_DIR.key(), folder, e.getMessage()),
                    e);
        }
    }

    /**
     * A route that is archived.
     *
     * @param parameters those of its path
     * @param query what follows its path
     */
    private record Route(String path, Set<String> parameters, String query) {

        static Route of(Path path, Archived archived) {
            return new Route(
                    path.value(),
                    PARAMETER
                            .matcher(path.value())
                            .results()
                            .map(parameter -> parameter.group(1))
                            .collect(Collectors.toSet()),
                    archived.query().isEmpty() ? "" : "?" + archived.query());
        }

        String at(Map<String, String> place) {
            return PARAMETER
                    .matcher(path)
                    .replaceAll((MatchResult parameter) -> place.get(parameter.group(1)));
        }
    }
}
