/** Asynchronous operations: a trigger id becomes a future. */
package dev.drey.client.async;
