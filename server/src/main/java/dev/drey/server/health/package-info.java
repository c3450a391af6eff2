/** Whether this process lives and can answer: for load balancers and orchestrators. */
package dev.drey.server.health;
