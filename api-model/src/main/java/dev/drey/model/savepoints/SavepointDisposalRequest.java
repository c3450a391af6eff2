package dev.drey.model.savepoints;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Asks for a savepoint's files to be deleted.
 *
 * @param savepointPath URI of the savepoint; required
 */
public record SavepointDisposalRequest(@JsonProperty("savepoint-path") String savepointPath) {}
