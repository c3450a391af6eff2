/** The JobManager: the process that runs the cluster's dispatcher and resource manager. */
package dev.drey.model.jobmanager;
