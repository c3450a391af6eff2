/** Jobs: their list, details, status, plan, failures and results; cancelling. */
package dev.drey.client.jobs;
