/** What a cluster refuses, and how. */
package dev.drey.it.error;
