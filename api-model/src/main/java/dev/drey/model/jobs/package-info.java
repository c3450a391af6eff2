/** Jobs: their list, details, status and plan. */
package dev.drey.model.jobs;
