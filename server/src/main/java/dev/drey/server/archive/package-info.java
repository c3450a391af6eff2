/** What stays of jobs and applications that have ended, for Flink's history server. */
package dev.drey.server.archive;
