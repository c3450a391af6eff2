/** The ways to run the server: each one builds a ClusterGateways. */
package dev.drey.server.modes;
