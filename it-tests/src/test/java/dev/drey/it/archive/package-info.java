/** What a history server shows of jobs that have ended. */
package dev.drey.it.archive;
