/** Rescaling live jobs. */
package dev.drey.it.rescaling;
