package dev.drey.model.vertices;

/** Which samples of threads a flame graph shows. */
public enum FlameGraphType {
    /** All of them. */
    FULL,
    /** Of threads that were about to run or running. */
    ON_CPU,
    /** Of threads that waited or were blocked. */
    OFF_CPU
}
