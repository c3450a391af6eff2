/**
 * What all asynchronous operations share: they answer a trigger id, which is then asked for its
 * status.
 */
package dev.drey.model.async;
