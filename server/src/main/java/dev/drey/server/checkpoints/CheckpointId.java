package dev.drey.server.checkpoints;

/** Number of a checkpoint within its job, as a path has it. */
public record CheckpointId(long value) {

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code text} is no whole number, or too large a one
     */
    public static CheckpointId fromString(String text) {
        try {
            return new CheckpointId(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'%s' is no checkpoint id: expected a whole number".formatted(text));
        }
    }
}
