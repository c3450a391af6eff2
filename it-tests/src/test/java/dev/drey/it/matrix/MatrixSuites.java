package dev.drey.it.matrix;

import dev.drey.it.cluster.Clusters;
import dev.drey.it.cluster.FlinkRelease;
import dev.drey.it.cluster.MatrixCluster;
import dev.drey.it.error.RefusalsSuite;
import dev.drey.it.jobs.JobLifecycleSuite;
import dev.drey.it.jobs.JobOperationsSuite;
import dev.drey.it.jobs.JobViewsSuite;
import dev.drey.it.metrics.MetricsSuite;
import dev.drey.it.processes.ProcessesSuite;
import dev.drey.it.profiler.ProfilerSuite;
import dev.drey.it.rescaling.RequirementsSuite;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The suites that know no version. */
abstract class MatrixSuites {

    @Nested
    final class JobLifecycle extends JobLifecycleSuite {
        JobLifecycle(MatrixCluster cluster) {
            super(cluster);
        }
    }

    @Nested
    final class JobViews extends JobViewsSuite {
        JobViews(MatrixCluster cluster) {
            super(cluster);
        }
    }

    @Nested
    final class JobOperations extends JobOperationsSuite {
        JobOperations(MatrixCluster cluster) {
            super(cluster);
        }
    }

    @Nested
    final class MetricsOfAll extends MetricsSuite {
        MetricsOfAll(MatrixCluster cluster) {
            super(cluster);
        }
    }

    @Nested
    final class Requirements extends RequirementsSuite {
        private final FlinkRelease release;

        Requirements(FlinkRelease release) {
            this.release = release;
        }

        @Override
        protected MatrixCluster start(List<String> options) throws Exception {
            return MatrixCluster.start(
                    release, "adaptive-" + release.version(), Clusters.lines(options));
        }
    }

    @Nested
    final class Processes extends ProcessesSuite {
        Processes(MatrixCluster cluster) {
            super(cluster);
        }
    }

    @Nested
    final class Profiler extends ProfilerSuite {
        Profiler(MatrixCluster cluster) {
            super(cluster);
        }
    }

    @Nested
    final class Refusals extends RefusalsSuite {
        Refusals(MatrixCluster cluster) {
            super(cluster);
        }
    }
}
