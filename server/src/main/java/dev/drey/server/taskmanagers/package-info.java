/** Task managers. */
package dev.drey.server.taskmanagers;
