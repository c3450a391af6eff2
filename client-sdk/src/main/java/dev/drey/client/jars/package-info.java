/** Uploaded jars and the programs in them. */
package dev.drey.client.jars;
