/** What survives when processes of a highly available cluster die, freeze and come back. */
package dev.drey.it.failover;
