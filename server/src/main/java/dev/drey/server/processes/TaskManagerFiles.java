package dev.drey.server.processes;

import static java.util.Objects.requireNonNull;

import dev.drey.server.ClusterGateways;
import dev.drey.server.ServerExecutors;
import dev.drey.server.error.Failures;
import dev.drey.server.http.Content;
import dev.drey.server.http.FileContent;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotFoundException;
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
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.taskexecutor.FileType;
import org.apache.flink.util.FlinkException;

/**
 * Files of task managers, which come by way of the blob server. As in Flink, a file is the same for
 * all who ask within {@code web.refresh-interval}, and may take {@code web.timeout} to come.
 */
public final class TaskManagerFiles {

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
        Question question = new OfName(taskManager, name);
        return LogFolder.isFileName(name)
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
                                .thenCompose(manager -> question.ask(manager, timeout)));
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
        return unconfigured || Failures.root(failure) instanceof FileNotFoundException
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

    private record OfName(ResourceID taskManager, String name) implements Question {

        @Override
        public CompletableFuture<TransientBlobKey> ask(
                ResourceManagerGateway manager, Duration timeout) {
            return manager.requestTaskManagerFileUploadByNameAndType(
                    taskManager, name, FileType.LOG, timeout);
        }

        @Override
        public NotFoundException notFound() {
            return new NotFoundException(
                    "Task manager %s has no '%s' in its log folder".formatted(taskManager, name));
        }
    }

    /** A file on its way or here, deleted when nobody needs it any more. */
    private final class SharedFile {

        private final CompletableFuture<TransientBlobKey> uploaded;

        /** Who asked, and those who may join. */
        private int users = 2;

        SharedFile(CompletableFuture<TransientBlobKey> uploaded) {
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
            var unused =
                    uploaded.thenAcceptAsync(gateways.transientBlobs()::deleteFromCache, executor);
        }

        Content open(TransientBlobKey key) {
            try {
                return FileContent.open(
                        gateways.transientBlobs().getFile(key).toPath(), this::leave);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }
    }
}
