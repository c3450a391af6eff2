/** The JobManager. */
package dev.drey.client.jobmanager;
