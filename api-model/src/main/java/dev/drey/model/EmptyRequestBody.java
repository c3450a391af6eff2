package dev.drey.model;

import com.fasterxml.jackson.annotation.JsonAutoDetect;

/** {@code {}}: the body of a write that needs nothing but its path and query. */
@JsonAutoDetect
public record EmptyRequestBody() {}
