package dev.drey.model.jars;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JobId;
import java.util.List;
import java.util.Map;

/**
 * How the program of an uploaded jar is run. Each component may be {@code null}: then the query
 * parameter of the same meaning counts, then the cluster's configuration.
 *
 * @param entryClassName the class whose {@code main} is called; default: the jar's manifest
 * @param programArgumentsList its arguments
 * @param parallelism default parallelism of the job; default: {@code parallelism.default}
 * @param jobId the job's id; default: Flink chooses
 * @param allowNonRestoredState whether state of the savepoint that fits no operator is dropped
 *     rather than refused
 * @param savepointPath the savepoint or checkpoint the job is restored from
 * @param recoveryClaimMode who owns that savepoint; {@code claimMode} or, as every Flink reads it,
 *     {@code restoreMode}
 * @param flinkConfiguration further Flink options for this job
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JarRunRequestBody(
        @JsonProperty("entryClass") String entryClassName,
        @JsonProperty("programArgsList") List<String> programArgumentsList,
        @JsonProperty("parallelism") Integer parallelism,
        @JsonProperty("jobId") JobId jobId,
        @JsonProperty("allowNonRestoredState") Boolean allowNonRestoredState,
        @JsonProperty("savepointPath") String savepointPath,
        @JsonProperty("restoreMode") @JsonAlias("claimMode") RecoveryClaimMode recoveryClaimMode,
        @JsonProperty("flinkConfiguration") Map<String, String> flinkConfiguration) {

    /** A builder whose components are all {@code null}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components that differ from the defaults. */
    public static final class Builder {
        private String entryClassName;
        private List<String> programArgumentsList;
        private Integer parallelism;
        private JobId jobId;
        private Boolean allowNonRestoredState;
        private String savepointPath;
        private RecoveryClaimMode recoveryClaimMode;
        private Map<String, String> flinkConfiguration;

        private Builder() {}

        /** The class whose {@code main} is called; default: the jar's manifest. */
        public Builder entryClassName(String name) {
            this.entryClassName = name;
            return this;
        }

        /** The program's arguments; default: none. */
        public Builder programArguments(String... arguments) {
            this.programArgumentsList = List.of(arguments);
            return this;
        }

        /** Default parallelism of the job; default: {@code parallelism.default}. */
        public Builder parallelism(int value) {
            this.parallelism = value;
            return this;
        }

        /** The job's id; default: Flink chooses. */
        public Builder jobId(JobId id) {
            this.jobId = id;
            return this;
        }

        /** Whether state of the savepoint that fits no operator is dropped; default: refused. */
        public Builder allowNonRestoredState(boolean allow) {
            this.allowNonRestoredState = allow;
            return this;
        }

        /** The savepoint or checkpoint the job is restored from; default: none. */
        public Builder savepointPath(String path) {
            this.savepointPath = path;
            return this;
        }

        /** Who owns that savepoint; default: {@link RecoveryClaimMode#NO_CLAIM}. */
        public Builder recoveryClaimMode(RecoveryClaimMode mode) {
            this.recoveryClaimMode = mode;
            return this;
        }

        /** Further Flink options for this job; default: none. */
        public Builder flinkConfiguration(Map<String, String> options) {
            this.flinkConfiguration = Map.copyOf(options);
            return this;
        }

        /** The request body. */
        public JarRunRequestBody build() {
            return new JarRunRequestBody(
                    entryClassName,
                    programArgumentsList,
                    parallelism,
                    jobId,
                    allowNonRestoredState,
                    savepointPath,
                    recoveryClaimMode,
                    flinkConfiguration);
        }
    }
}
