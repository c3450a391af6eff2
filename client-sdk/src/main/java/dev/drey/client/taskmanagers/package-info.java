/** Task managers. */
package dev.drey.client.taskmanagers;
