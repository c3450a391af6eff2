/** Data sets. */
package dev.drey.client.datasets;
