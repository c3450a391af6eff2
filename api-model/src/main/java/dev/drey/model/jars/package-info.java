/** Jars of user programs: upload, list, run, delete. */
package dev.drey.model.jars;
