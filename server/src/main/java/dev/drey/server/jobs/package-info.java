/** Jobs: their list, details, status, plan, failures, results and cancellation. */
package dev.drey.server.jobs;
