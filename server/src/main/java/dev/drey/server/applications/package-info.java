/** Applications: what one program submitted. */
package dev.drey.server.applications;
