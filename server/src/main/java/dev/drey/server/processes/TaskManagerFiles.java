package dev.drey.server.processes;

import static java.util.Objects.requireNonNull;

import dev.drey.server.ClusterGateways;
import dev.drey.server.ServerExecutors;
import dev.drey.server.error.Failures;
import dev.drey.server.http.Content;
import dev.drey.server.http.FileContent;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.blob.TransientBlobKey;
import org.apache.flink.runtime.blob.TransientBlobService;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.taskexecutor.FileType;
import org.apache.flink.util.FlinkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of task managers, which come by way of the blob server. As in Flink, a file is the same for
 * all who ask within {@code web.refresh-interval}, and may take {@code web.timeout} to come.
 */
public final class TaskManagerFiles {

    private static final Logger LOG = LoggerFactory.getLogger(TaskManagerFiles.class);

    private static final long RETRY_AFTER_SECONDS = 1;

    private final ClusterGateways gateways;
    private final Executor executor;
    private final Duration maxAge;
    private final Duration timeout;
    private final ConcurrentMap<Question, SharedFile> files = new ConcurrentHashMap<>();

    @Inject
    public TaskManagerFiles(
            ClusterGateways gateways, ServerExecutors executors, Configuration configuration) {
        this.gateways = requireNonNull(gateways, "gateways is null");
        this.executor = requireNonNull(executors, "executors is null").downloads();
        this.maxAge = configuration.get(WebOptions.REFRESH_INTERVAL);
        this.timeout = configuration.get(WebOptions.TIMEOUT);
    }

    /** The log of a task manager; fails with 404 if it has none, or is unknown. */
    CompletableFuture<Content> log(ResourceID taskManager) {
        return open(new OfType(taskManager, FileType.LOG));
    }

    /** What a task manager has printed; fails with 404 if there is no such file. */
    CompletableFuture<Content> stdout(ResourceID taskManager) {
        return open(new OfType(taskManager, FileType.STDOUT));
    }

    /** A file of a task manager's log folder; fails with 404 if there is no such file. */
    CompletableFuture<Content> file(ResourceID taskManager, String name) {
        return named(new OfName(taskManager, name, FileType.LOG));
    }

    /** A file of a task manager's folder of profiles; fails with 404 if there is no such file. */
    public CompletableFuture<Content> profile(ResourceID taskManager, String name) {
        return named(new OfName(taskManager, name, FileType.PROFILER));
    }

    private CompletableFuture<Content> named(OfName question) {
        return FileFolder.isFileName(question.name())
                ? open(question)
                : CompletableFuture.failedFuture(question.notFound());
    }

    private CompletableFuture<Content> open(Question question) {
        SharedFile file =
                files.compute(
                        question,
                        (same, shared) -> shared != null && shared.join() ? shared : ask(question));
        return file.uploaded
                .thenApplyAsync(file::open, executor)
                .exceptionallyCompose(
                        failure -> {
                            files.remove(question, file);
                            file.leave();
                            return CompletableFuture.failedFuture(
                                    explained(question, Failures.strip(failure)));
                        });
    }

    private SharedFile ask(Question question) {
        SharedFile file =
                new SharedFile(
                        gateways.resourceManager()
                                .thenCompose(manager -> question.ask(manager, timeout))
                                .thenCompose(
                                        key ->
                                                gateways.transientBlobs()
                                                        .thenApply(
                                                                blobs -> new Upload(blobs, key))));
        CompletableFuture.delayedExecutor(maxAge.toMillis(), TimeUnit.MILLISECONDS)
                .execute(
                        () -> {
                            files.remove(question, file);
                            file.leave();
                        });
        return file;
    }

    private static Throwable explained(Question question, Throwable failure) {
        // A task manager says in no other way that it does not write such a file.
        boolean unconfigured =
                failure.getClass() == FlinkException.class && failure.getCause() == null;
        return !(failure instanceof WebApplicationException)
                        && (unconfigured || Failures.root(failure) instanceof FileNotFoundException)
                ? question.notFound()
                : failure;
    }

    /** Which file is wanted. */
    private sealed interface Question {

        CompletableFuture<TransientBlobKey> ask(ResourceManagerGateway manager, Duration timeout);

        NotFoundException notFound();
    }

    private record OfType(ResourceID taskManager, FileType type) implements Question {

        @Override
        public CompletableFuture<TransientBlobKey> ask(
                ResourceManagerGateway manager, Duration timeout) {
            return manager.requestTaskManagerFileUploadByType(taskManager, type, timeout);
        }

        @Override
        public NotFoundException notFound() {
            return new NotFoundException(
                    "Task manager %s has no %s file"
                            .formatted(taskManager, type == FileType.LOG ? "log" : "stdout"));
        }
    }

    private record OfName(ResourceID taskManager, String name, FileType type) implements Question {

        @Override
        public CompletableFuture<TransientBlobKey> ask(
                ResourceManagerGateway manager, Duration timeout) {
            return manager.requestTaskManagerFileUploadByNameAndType(
                    taskManager, name, type, timeout);
        }

        @Override
        public NotFoundException notFound() {
            return new NotFoundException(
                    "Task manager %s has no '%s' in its %s"
                            .formatted(
                                    taskManager,
                                    name,
                                    type == FileType.LOG ? "log folder" : "folder of profiles"));
        }
    }

    /** Where a task manager has put a file. */
    private record Upload(TransientBlobService blobs, TransientBlobKey key) {

        File fetch() {
            try {
                return blobs.getFile(key);
            } catch (IOException e) {
                LOG.warn("A file of a task manager cannot be had from the leader's blob server", e);
                throw new ServiceUnavailableException(
                        "The leader's blob server does not give the file: it may be another leader by now, ask again",
                        RETRY_AFTER_SECONDS,
                        e);
            }
        }

        void delete() {
            blobs.deleteFromCache(key);
        }
    }

    /** A file on its way or here, deleted when nobody needs it any more. */
    private final class SharedFile {

        private final CompletableFuture<Upload> uploaded;

        /** Who asked, and those who may join. */
        private int users = 2;

        SharedFile(CompletableFuture<Upload> uploaded) {
            this.uploaded = uploaded;
        }

        synchronized boolean join() {
            if (users == 0) {
                return false;
            }
            users++;
            return true;
        }

        void leave() {
            synchronized (this) {
                users--;
                if (users > 0) {
                    return;
                }
            }
            var unused = uploaded.thenAcceptAsync(Upload::delete, executor);
        }

        Content open(Upload upload) {
            try {
                return FileContent.open(upload.fetch().toPath(), this::leave);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }
    }
}
