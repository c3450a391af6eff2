/**
 * Bodies of Flink's monitoring REST API, named as Flink names its messages. One package a feature;
 * ids stand here because every feature uses them.
 *
 * <p>Times are milliseconds since the epoch and durations are milliseconds, as on the wire, unless
 * a component says otherwise. A number that the answering server did not send reads as zero, an
 * object or a list as {@code null}, an enum value of a newer Flink as {@code UNKNOWN}.
 */
package dev.drey.model;
