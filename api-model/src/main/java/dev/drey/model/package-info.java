/**
 * Bodies of Flink's monitoring REST API, named as Flink names its messages. One package a feature;
 * ids stand here because every feature uses them.
 *
 * <p>Times are milliseconds since the epoch and durations are milliseconds, as on the wire, unless
 * a component says otherwise; methods beside the components give them as {@link java.time.Instant}
 * and {@link java.time.Duration}, and what Flink reports as unknown as empty. What an older Flink,
 * from 1.18 on, does not send is {@code null}, and its component says so. An enum value of a newer
 * Flink reads as {@code UNKNOWN}, an object of a kind that only a newer Flink has as {@code null};
 * what a newer Flink no longer sends is {@code null}, or zero if it is a number that all versions
 * up to 2.3 send.
 */
package dev.drey.model;
