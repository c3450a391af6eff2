package dev.drey.server;

/**
 * A {@link View} or a {@link dev.drey.server.async.Trigger}: what a resource method returns whose
 * query decides which of them it is.
 */
public interface Answerable {}
