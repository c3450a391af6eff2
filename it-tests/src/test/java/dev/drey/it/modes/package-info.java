/** The ways to run the server beside the one that has everything in a process. */
package dev.drey.it.modes;
