/** The example job of --demo. */
package dev.drey.server.demo;
