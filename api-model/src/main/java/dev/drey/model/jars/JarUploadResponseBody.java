package dev.drey.model.jars;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.model.JarId;

/**
 * The answer to an upload.
 *
 * @param filename path of the jar on the server; its last part is the jar's id
 * @param status {@code success}
 */
public record JarUploadResponseBody(
        @JsonProperty("filename") String filename, @JsonProperty("status") String status) {

    /** The status of every upload that was not refused. */
    public static final String SUCCESS = "success";

    /** The id of the uploaded jar. */
    @JsonIgnore
    public JarId jarId() {
        return new JarId(filename.substring(filename.lastIndexOf('/') + 1));
    }
}
