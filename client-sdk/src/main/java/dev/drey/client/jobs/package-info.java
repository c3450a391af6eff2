/** Jobs: their list, details, status and plan; cancelling. */
package dev.drey.client.jobs;
