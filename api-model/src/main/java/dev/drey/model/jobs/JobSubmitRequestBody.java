package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the files of a submission are. It comes as a part of the same form, {@code request}, and
 * names files as the form does.
 *
 * @param executionPlanFileName the serialized execution plan; {@code jobGraphFileName} is its name
 *     on the wire before Flink 2.0
 * @param jarFileNames jars of the job's classes; {@code null}: none
 * @param artifactFileNames files of its distributed cache; {@code null}: none
 */
public record JobSubmitRequestBody(
        @JsonProperty("executionPlanFileName") @JsonAlias("jobGraphFileName")
                String executionPlanFileName,
        @JsonProperty("jobJarFileNames") List<String> jarFileNames,
        @JsonProperty("jobArtifactFileNames") List<DistributedCacheFile> artifactFileNames) {

    /** The execution plan's file under the name that Flink before 2.0 looks for. */
    @JsonProperty("jobGraphFileName")
    public String jobGraphFileName() {
        return executionPlanFileName;
    }

    /**
     * A file of the job's distributed cache.
     *
     * @param entryName the name that the job knows it by
     * @param fileName the name that the form gives it
     */
    public record DistributedCacheFile(
            @JsonProperty("entryName") String entryName,
            @JsonProperty("fileName") String fileName) {}
}
