package dev.drey.it.modes;

import static dev.drey.it.cluster.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.client.FlinkMonitoringClient;
import dev.drey.it.cluster.Artifacts;
import dev.drey.it.cluster.AttachedDrey;
import dev.drey.it.cluster.Await;
import dev.drey.it.cluster.Clusters;
import dev.drey.it.example.GatedMain;
import dev.drey.model.ApplicationId;
import dev.drey.model.JarId;
import dev.drey.model.applications.ApplicationState;
import dev.drey.model.jars.JarListInfo.JarFileInfo;
import dev.drey.model.jars.JarRunApplicationRequestBody;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files that the server has and the JobManager's process has not. */
@ExtendWith(Clusters.class)
class DreyAttachedJarIT {

    private final AttachedDrey drey;

    DreyAttachedJarIT(AttachedDrey drey) {
        this.drey = drey;
    }

    @Test
    void applicationNeedsNoFileOfTheServer(@TempDir Path folder) throws Exception {
        Path gate = folder.resolve("gate");
        try (FlinkMonitoringClient flink = drey.client();
                FlinkMonitoringClient cluster = drey.cluster().client()) {
            JarId jar = answer(flink.jars().upload(Artifacts.jobJar())).jarId();
            Path stored = drey.uploadFolder().resolve(jar.value());
            ApplicationId application =
                    answer(
                                    flink.jars()
                                            .runApplication(
                                                    jar,
                                                    JarRunApplicationRequestBody.builder()
                                                            .entryClassName(
                                                                    GatedMain.class.getName())
                                                            .programArguments(gate.toString())
                                                            .build()))
                            .applicationId();

            // Its jar is read again when main submits the job, which it cannot before this.
            Path away = Files.move(stored, folder.resolve("away.jar"));
            Files.createFile(gate);

            Await.untilTrue(
                    "the application ends",
                    () -> answer(flink.applications().details(application)).endTime() >= 0);
            assertThat(answer(flink.applications().details(application)).status())
                    .isEqualTo(ApplicationState.FINISHED);
            assertThat(copies(cluster, jar)).hasSize(1);

            Files.move(away, stored);
            answer(flink.jars().delete(jar));
            Await.untilTrue("the copy is deleted", () -> copies(cluster, jar).isEmpty());
        }
    }

    private static List<JarFileInfo> copies(FlinkMonitoringClient cluster, JarId jar) {
        return answer(cluster.jars().list()).jarFileList().stream()
                .filter(file -> file.name().equals(jar.value()))
                .toList();
    }
}
