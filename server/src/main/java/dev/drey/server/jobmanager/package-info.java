/** The process of the JobManager. */
package dev.drey.server.jobmanager;
