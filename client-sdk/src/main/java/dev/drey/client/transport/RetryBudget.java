package dev.drey.client.transport;

import java.util.function.LongSupplier;

/** Bounds how often all requests of a client ask again: a bucket that fills with time. */
final class RetryBudget {
    private static final double NANOS_TO_FILL = 10e9;

    private final int capacity;
    private final LongSupplier nanoTime;
    private double left;
    private long lastFilled;

    RetryBudget(int capacity, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.nanoTime = nanoTime;
        this.left = capacity;
        this.lastFilled = nanoTime.getAsLong();
    }

    /** Whether there was something left to be taken. */
    synchronized boolean take() {
        long now = nanoTime.getAsLong();
        left = Math.min(capacity, left + capacity * ((now - lastFilled) / NANOS_TO_FILL));
        lastFilled = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
