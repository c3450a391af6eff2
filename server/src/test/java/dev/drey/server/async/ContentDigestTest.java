package dev.drey.server.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.model.JobVertexId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentDigestTest {
    private static final JobVertexId A = new JobVertexId("0000000000000000000000000000000a");
    private static final JobVertexId B = new JobVertexId("0000000000000000000000000000000b");

    @Test
    void theOrderOfIdsDoesNotCount() {
        assertThat(digest(A, B)).isEqualTo(digest(B, A)).isNotEqualTo(digest(A, A));
    }

    private static String digest(JobVertexId first, JobVertexId second) {
        Map<JobVertexId, Integer> bounds = new LinkedHashMap<>();
        bounds.put(first, 1);
        bounds.put(second, 1);
        return ContentDigest.of(List.of("PUT", bounds));
    }
}
