/** A job's life, on any cluster. */
package dev.drey.it.jobs;
