/** Vertices of a job: their subtasks, the attempts to run these, and where they run. */
package dev.drey.client.vertices;
