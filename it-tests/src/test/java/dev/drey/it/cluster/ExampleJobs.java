package dev.drey.it.cluster;

import static dev.drey.it.cluster.Await.answer;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.model.JarId;
import dev.drey.model.JobId;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.jars.JarRunResponseBody;
import dev.drey.model.jobs.JobIdsWithStatusOverview.JobIdWithStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The example programs, uploaded to a cluster; none of it is left there after the suite. */
public final class ExampleJobs implements AutoCloseable {

    private final FlinkMonitoringClient flink;
    private final JarId jar;

    private ExampleJobs(FlinkMonitoringClient flink, JarId jar) {
        this.flink = flink;
        this.jar = jar;
    }

    /** Uploads their jar. */
    public static ExampleJobs upload(FlinkMonitoringClient flink) {
        return upload(flink, Artifacts.jobJar());
    }

    /** Uploads their jar, as it was built for the cluster. */
    public static ExampleJobs upload(FlinkMonitoringClient flink, Path jar) {
        return new ExampleJobs(flink, answer(flink.jars().upload(jar)).jarId());
    }

    /** Their jar. */
    public JarId jar() {
        return jar;
    }

    /** Runs one that submits a job, and returns the job. */
    public JobId start(Class<?> program) {
        return start(JarRunRequestBody.builder().entryClassName(program.getName()).build());
    }

    /** Runs one that submits a job, and returns the job. */
    public JobId start(JarRunRequestBody request) {
        return answer(flink.jars().run(jar, request)).jobId();
    }

    /** Runs one, whatever comes of it. */
    public CompletableFuture<JarRunResponseBody> run(Class<?> program) {
        return flink.jars()
                .run(jar, JarRunRequestBody.builder().entryClassName(program.getName()).build());
    }

    /** Cancels what runs on the cluster, and deletes the jar. */
    @Override
    public void close() throws Exception {
        List<JobId> running =
                answer(flink.jobs().list()).jobs().stream()
                        .filter(job -> !job.status().isGloballyTerminal())
                        .map(JobIdWithStatus::id)
                        .toList();
        for (JobId job : running) {
            answer(flink.jobs().cancel(job));
            Await.job(flink, job).isCanceled();
        }
        answer(flink.jars().delete(jar));
    }
}
