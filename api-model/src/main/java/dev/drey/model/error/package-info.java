/** How a refusal and a failure are told. */
package dev.drey.model.error;
