/** The process of the JobManager. */
package dev.drey.client.jobmanager;
