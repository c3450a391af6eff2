/** What clients other than the SDK see: requests and answers as they are on the wire. */
package dev.drey.it.http;
