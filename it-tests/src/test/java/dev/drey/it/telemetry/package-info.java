/** What a live server tells of itself, and what it must not tell. */
package dev.drey.it.telemetry;
