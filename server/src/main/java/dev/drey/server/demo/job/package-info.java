/** The example job, which is packaged as a jar of its own and submitted like any user's. */
package dev.drey.server.demo.job;
