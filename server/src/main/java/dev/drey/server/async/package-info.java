/** Asynchronous operations: triggered under a key, and asked for by it. */
package dev.drey.server.async;
