/** Savepoints. */
package dev.drey.client.savepoints;
