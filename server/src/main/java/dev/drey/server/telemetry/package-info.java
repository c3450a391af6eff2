/** What can be seen of this server itself: its metrics, its access log, the ids of requests. */
package dev.drey.server.telemetry;
