package dev.drey.model.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What an accumulator of a program has come to.
 *
 * @param name the name the program gave it
 * @param type simple name of its class; {@code "null"} if it failed
 * @param value its value as text; a stack trace if it failed
 */
public record UserAccumulator(
        @JsonProperty("name") String name,
        @JsonProperty("type") String type,
        @JsonProperty("value") String value) {}
