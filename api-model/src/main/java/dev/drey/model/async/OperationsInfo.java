package dev.drey.model.async;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What was triggered through this endpoint and is not forgotten yet. Only Drey knows it.
 *
 * @param operations the latest first
 */
public record OperationsInfo(@JsonProperty("operations") List<OperationDetails> operations) {}
