package dev.drey.it.dashboard;

import static dev.drey.it.cluster.Await.answer;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Cluster;
import dev.drey.it.cluster.ExampleJobs;
import dev.drey.it.example.CountingJob;
import dev.drey.it.example.PausingJob;
import dev.drey.it.example.ShortJob;
import dev.drey.model.JobId;
import dev.drey.model.JobVertexId;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.model.rescaling.JobResourceRequirementsBody;
import dev.drey.model.rescaling.JobResourceRequirementsBody.JobVertexResourceRequirements;
import dev.drey.model.rescaling.JobResourceRequirementsBody.Parallelism;
import dev.drey.model.savepoints.SavepointTriggerRequestBody;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The jobs that the dashboard is to show, on one cluster, and what they and it are called. */
final class Scene {

    /** More than the dashboard lists, so that the list is no longer than it was. */
    private static final int CHECKPOINTS = 12;

    private final Map<String, String> names = new HashMap<>();

    private final Cluster cluster;

    private Scene(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Plays it: a job that has ended, one that has failed, one that was restarted, one more. */
    static Scene play(Cluster cluster, String name) throws Exception {
        Scene scene = new Scene(cluster);
        try (FlinkMonitoringClient flink = cluster.client()) {
            ExampleJobs examples = ExampleJobs.upload(flink);
            // One after the other, so that they are listed in the same order everywhere.
            JobId finished = examples.start(ShortJob.class);
            Await.job(flink, finished).isFinished();
            JobId failed = examples.start(pausing(2));
            Await.job(flink, failed).isFailed();
            JobId restarted = examples.start(pausing(1));
            Await.untilTrue(
                    "a failure of job %s is known".formatted(restarted),
                    () ->
                            !answer(flink.jobs().exceptions(restarted))
                                    .exceptionHistory()
                                    .entries()
                                    .isEmpty());
            Await.job(flink, restarted).isRunning();
            JobId counting = examples.start(CountingJob.class);
            Await.job(flink, counting).isRunning();
            answer(
                    flink.savepoints()
                            .trigger(
                                    counting,
                                    new SavepointTriggerRequestBody(
                                            Artifacts.emptyFolder(name).toUri().toString(),
                                            null,
                                            null,
                                            null))
                            .result());
            Await.untilTrue(
                    "job %s has completed checkpoints enough".formatted(counting),
                    () ->
                            answer(flink.checkpoints().statistics(counting)).counts().completed()
                                    > CHECKPOINTS);
            // It is uploaded anew in the browser.
            answer(flink.jars().delete(examples.jar()));
            scene.names.put("finished", finished.toString());
            scene.names.put("failed", failed.toString());
            scene.names.put("restarted", restarted.toString());
            scene.names.put("counting", counting.toString());
            scene.names.put("vertex", secondVertex(flink, restarted).toString());
            scene.names.put(
                    "taskmanager",
                    answer(flink.taskManagers().list())
                            .taskManagerInfos()
                            .get(0)
                            .resourceId()
                            .value());
        }
        return scene;
    }

    /** Plays another: a job that was rescaled, which the adaptive scheduler does. */
    static Scene rescale(Cluster cluster) throws Exception {
        Scene scene = new Scene(cluster);
        try (FlinkMonitoringClient flink = cluster.client()) {
            JobId job = ExampleJobs.upload(flink).start(CountingJob.class);
            Await.job(flink, job).isRunning();
            // What has no checkpoint yet is rescaled as soon as it has one.
            Await.job(flink, job).hasCompletedCheckpoint();
            // A second source would find all numbers taken, and end.
            Map<JobVertexId, JobVertexResourceRequirements> wider =
                    new HashMap<>(answer(flink.rescaling().requirements(job)).requirements());
            wider.put(
                    secondVertex(flink, job),
                    new JobVertexResourceRequirements(new Parallelism(1, 2)));
            answer(
                    flink.rescaling()
                            .updateRequirements(job, new JobResourceRequirementsBody(wider)));
            Await.untilTrue(
                    "job %s was rescaled".formatted(job),
                    () -> answer(flink.rescaling().overview(job)).rescalesCounts().completed() > 1);
            Await.job(flink, job).isRunning();
            scene.names.put("rescaled", job.toString());
        }
        return scene;
    }

    /** Ends one of the jobs, for another to find a slot. */
    void makeRoom() throws Exception {
        try (FlinkMonitoringClient flink = cluster.client()) {
            JobId counting = JobId.fromString(names.get("counting"));
            answer(flink.jobs().cancel(counting));
            Await.job(flink, counting).isCanceled();
        }
    }

    /** {@code address} with the names of this cluster. */
    String named(String address) {
        String named = address;
        for (Map.Entry<String, String> name : names.entrySet()) {
            named = named.replace("{" + name.getKey() + "}", name.getValue());
        }
        return Optional.of(named)
                .filter(complete -> !complete.contains("{"))
                .orElseThrow(() -> new IllegalArgumentException(address));
    }

    private static JobVertexId secondVertex(FlinkMonitoringClient flink, JobId job) {
        return answer(flink.jobs().details(job)).jobVertexInfos().get(1).jobVertexId();
    }

    private static JarRunRequestBody pausing(int failures) {
        return JarRunRequestBody.builder()
                .entryClassName(PausingJob.class.getName())
                .programArguments(String.valueOf(failures))
                .build();
    }
}
