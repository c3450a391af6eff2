/** Flink's web dashboard, as it ships with Flink. */
package dev.drey.server.dashboard;
