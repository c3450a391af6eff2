/** Uploaded jars and what their programs may do to the server. */
package dev.drey.it.jars;
