package dev.drey.server.telemetry;

import org.glassfish.grizzly.http.HttpRequestPacket;

/** Learns of every exchange, once, when it has ended. Must not block. */
interface ExchangeListener {

    /** Stands for the status of an answer that nobody took to its end. */
    int CUT = 0;

    /** Stands for the time of a request that did not get as far as the application. */
    long UNKNOWN = -1;

    /**
     * It has ended: its answer is on its way to the last byte, or its client has left.
     *
     * @param status of the answer, or {@link #CUT}
     * @param nanos since the request came to the application, or {@link #UNKNOWN}
     */
    void ended(Exchange exchange, HttpRequestPacket request, int status, long nanos);
}
