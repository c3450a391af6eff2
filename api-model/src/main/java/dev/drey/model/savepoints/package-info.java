/** Savepoints: the trigger and its outcome. */
package dev.drey.model.savepoints;
