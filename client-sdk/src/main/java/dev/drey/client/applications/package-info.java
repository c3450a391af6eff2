/** Applications: what one program submitted. */
package dev.drey.client.applications;
