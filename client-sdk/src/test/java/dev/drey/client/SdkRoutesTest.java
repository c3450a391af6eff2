package dev.drey.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK's methods against the routes of Flink 2.3.0. */
class SdkRoutesTest {

    /** Nothing that a typed client would offer: the dashboard's files, and a GET that cancels. */
    private static final Set<String> NOT_FOR_A_CLIENT =
            Set.of("GET /:*", "GET /jobs/:jobid/yarn-cancel", "GET /jobs/:jobid/yarn-stop");

    private static final Set<String> FLINKS = SdkRoutes.list("flink-routes.txt");
    private static final Set<String> KNOWN_GAPS = SdkRoutes.list("sdk-gaps.txt");

    private static Set<String> ours;

    @BeforeAll
    static void callEveryMethod(@TempDir Path folder) throws Exception {
        ours = SdkRoutes.all(folder);
    }

    @Test
    void everyRouteOfFlinkHasAMethodOrIsAKnownGap() {
        Set<String> missing = new TreeSet<>(FLINKS);
        missing.removeAll(ours);
        missing.removeAll(NOT_FOR_A_CLIENT);

        assertThat(missing).isSubsetOf(KNOWN_GAPS);
    }

    @Test
    void noKnownGapHasAMethodByNow() {
        assertThat(KNOWN_GAPS).doesNotContainAnyElementsOf(ours);
    }

    @Test
    void everyKnownGapIsARouteOfFlink() {
        assertThat(FLINKS).containsAll(KNOWN_GAPS).containsAll(NOT_FOR_A_CLIENT);
        assertThat(KNOWN_GAPS).doesNotContainAnyElementsOf(NOT_FOR_A_CLIENT);
    }

    @Test
    void everyMethodAsksForARouteOfFlink() {
        Set<String> flinks = new TreeSet<>(ours);
        flinks.removeAll(SdkRoutes.OF_DREY);

        assertThat(flinks).isSubsetOf(FLINKS);
    }
}
