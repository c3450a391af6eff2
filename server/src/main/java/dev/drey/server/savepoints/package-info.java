/** Savepoints: trigger and outcome. */
package dev.drey.server.savepoints;
