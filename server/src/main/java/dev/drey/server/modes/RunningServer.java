package dev.drey.server.modes;

import java.net.URI;

/** A server that answers requests, in whichever mode. */
public interface RunningServer {

    /** Where it is reached. */
    URI baseUri();

    /** Waits for its end, and returns the exit code of the process. */
    int awaitEnd();
}
