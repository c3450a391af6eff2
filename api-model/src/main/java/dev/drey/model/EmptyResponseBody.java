package dev.drey.model;

import com.fasterxml.jackson.annotation.JsonAutoDetect;

/** {@code {}}: the answer of a write that has nothing to tell but its status. */
@JsonAutoDetect
public record EmptyResponseBody() {}
