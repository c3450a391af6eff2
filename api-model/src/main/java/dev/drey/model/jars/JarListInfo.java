package dev.drey.model.jars;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JarId;
import dev.drey.model.Millis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The uploaded jars, newest first.
 *
 * @param address base URL of the server that keeps them
 * @param jarFileList the jars
 */
public record JarListInfo(
        @JsonProperty("address") String address,
        @JsonProperty("files") List<JarFileInfo> jarFileList) {

    /**
     * An uploaded jar.
     *
     * @param id names it in other requests
     * @param name the name it was uploaded under
     * @param uploaded when
     * @param jarEntryList its entry classes, from its manifest; empty if it names none
     */
    public record JarFileInfo(
            @JsonProperty("id") JarId id,
            @JsonProperty("name") String name,
            @JsonProperty("uploaded") long uploaded,
            @JsonProperty("entry") List<JarEntryInfo> jarEntryList) {
        /** When it was uploaded. */
        public Optional<Instant> uploadedAt() {
            return Millis.instant(uploaded);
        }
    }

    /**
     * A class with a {@code main} method.
     *
     * @param name its fully qualified name
     * @param description what its program says of itself, usually {@code null}
     */
    public record JarEntryInfo(
            @JsonProperty("name") String name, @JsonProperty("description") String description) {}
}
