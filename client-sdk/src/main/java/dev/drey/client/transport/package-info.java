/**
 * How requests reach the cluster and answers come back. The feature clients stand on it; programs
 * that use them need nothing of it.
 */
package dev.drey.client.transport;
