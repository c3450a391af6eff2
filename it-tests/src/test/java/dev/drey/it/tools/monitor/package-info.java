/**
 * A monitor in the terminal: a whole tool on top of the SDK. What is to be seen is a {@link
 * dev.drey.it.tools.monitor.Board}, which nothing changes but the loop of {@link
 * dev.drey.it.tools.monitor.Monitor}; keys and the cluster's answers come to it through one queue.
 */
package dev.drey.it.tools.monitor;
