package dev.drey.server.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.server.JsonTrees;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.rest.messages.ProfilingInfo;
import org.apache.flink.runtime.rest.messages.ProfilingInfo.ProfilingMode;
import org.apache.flink.runtime.rest.messages.ProfilingInfoList;
import org.junit.jupiter.api.Test;

class ProfilingConverterTest {

    @Test
    void profilesOfAllModesAndStatesAreShownAsFlinkDoes() {
        List<ProfilingInfo> profiles = new ArrayList<>();
        for (ProfilingMode mode : ProfilingMode.values()) {
            profiles.add(ProfilingInfo.create(10, mode));
            profiles.add(ProfilingInfo.create(20, mode).success("tm-1_\u00fc.html"));
            profiles.add(ProfilingInfo.create(30, mode).fail("no \"perf\" events"));
        }
        profiles.add(ProfilingInfo.create(40, null).fail("no mode"));

        assertSameAsFlink(profiles);
    }

    @Test
    void thereMayBeNone() {
        assertSameAsFlink(List.of());
    }

    private static void assertSameAsFlink(List<ProfilingInfo> profiles) {
        assertThat(JsonTrees.ofDrey(ProfilingConverter.list(profiles)))
                .isEqualTo(JsonTrees.ofFlink(new ProfilingInfoList(profiles)));
    }
}
