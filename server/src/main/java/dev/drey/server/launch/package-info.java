/** From a command line to a running server. */
package dev.drey.server.launch;
