/** Applications: what one program submitted, since Flink 2.3. */
package dev.drey.model.applications;
