/** The suites on stock clusters of several versions of Flink. */
package dev.drey.it.matrix;
