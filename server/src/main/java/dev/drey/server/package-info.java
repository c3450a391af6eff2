/**
 * The monitoring API as a server. Packages are features, named as in the model and the SDK; what
 * stands here serves all of them.
 */
package dev.drey.server;
