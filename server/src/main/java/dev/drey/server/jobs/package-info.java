/** Jobs: their list, details, status, plan and cancellation. */
package dev.drey.server.jobs;
