/** Task managers: the processes that run tasks. */
package dev.drey.model.taskmanagers;
