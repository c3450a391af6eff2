/** What is asked for twice is done once. */
package dev.drey.it.async;
