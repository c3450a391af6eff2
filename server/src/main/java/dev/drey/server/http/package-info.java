/** The habits on the wire that all routes share: paths, bodies, headers, and who may ask. */
package dev.drey.server.http;
