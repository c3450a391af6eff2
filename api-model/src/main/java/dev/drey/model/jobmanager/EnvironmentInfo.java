package dev.drey.model.jobmanager;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the JobManager's process runs on.
 *
 * @param jvm its virtual machine
 * @param classPath its class path, an entry each
 */
public record EnvironmentInfo(
        @JsonProperty("jvm") JVMInfo jvm, @JsonProperty("classpath") List<String> classPath) {

    /**
     * A virtual machine.
     *
     * @param version name, vendor and version
     * @param arch the processor's architecture, such as {@code amd64}
     * @param options what it was started with
     */
    public record JVMInfo(
            @JsonProperty("version") String version,
            @JsonProperty("arch") String arch,
            @JsonProperty("options") List<String> options) {}
}
