/**
 * What a monitoring tool does first, each as a program of its own: README shows them, and the
 * suites run them.
 */
package dev.drey.it.tools;
