/** How what went wrong becomes a status and one clear line. */
package dev.drey.server.error;
