package dev.drey.client.metrics;

/**
 * Subtasks of a vertex that follow one another.
 *
 * @param first index of the first, from 0
 * @param last index of the last, included
 */
public record SubtaskRange(int first, int last) {

    /**
     * @throws IllegalArgumentException if {@code first} is negative, or {@code last} is before it
     */
    public SubtaskRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException(
                    "There are no subtasks from %d to %d".formatted(first, last));
        }
    }

    /**
     * From {@code first} to {@code last}, both included.
     *
     * @throws IllegalArgumentException if {@code first} is negative, or {@code last} is before it
     */
    public static SubtaskRange of(int first, int last) {
        return new SubtaskRange(first, last);
    }

    /**
     * One subtask.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static SubtaskRange of(int subtask) {
        return new SubtaskRange(subtask, subtask);
    }

    /** As the cluster reads it. */
    @Override
    public String toString() {
        return first + "-" + last;
    }
}
