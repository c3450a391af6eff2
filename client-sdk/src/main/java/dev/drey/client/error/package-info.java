/** The ways in which a request fails. */
package dev.drey.client.error;
