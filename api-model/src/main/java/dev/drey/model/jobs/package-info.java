/** Jobs: their list, details, status, plan, failures and results. */
package dev.drey.model.jobs;
