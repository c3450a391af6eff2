/** The life of the server's process. */
package dev.drey.it.launch;
