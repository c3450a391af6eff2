/** Jars of user programs: upload, list, run, delete. */
package dev.drey.server.jars;
