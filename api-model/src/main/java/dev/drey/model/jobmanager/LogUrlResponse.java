package dev.drey.model.jobmanager;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where logs are shown.
 *
 * @param url a page of the dashboard; of a history server, the page that it was told of
 */
public record LogUrlResponse(@JsonProperty("url") String url) {}
