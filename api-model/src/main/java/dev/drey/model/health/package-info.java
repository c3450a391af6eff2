/** Drey's own health checks. */
package dev.drey.model.health;
