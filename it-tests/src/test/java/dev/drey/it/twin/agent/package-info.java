/**
 * Flink's own endpoint, started within Drey's process; nothing else of the suites is loaded there.
 */
package dev.drey.it.twin.agent;
