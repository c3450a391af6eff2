/** Flink's dashboard in a browser: on Drey it shows what it shows on Flink. */
package dev.drey.it.dashboard;
