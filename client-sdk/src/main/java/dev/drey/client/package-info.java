/** A typed client of Flink's monitoring REST API, served by Drey or by stock Flink. */
package dev.drey.client;
