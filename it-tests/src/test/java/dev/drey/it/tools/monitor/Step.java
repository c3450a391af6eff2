package dev.drey.it.tools.monitor;

import dev.drey.it.tools.monitor.Order.Kind;
import java.util.Optional;

/**
 * What comes of something that has happened.
 *
 * @param board what is to be seen then
 * @param order what is to be done then
 * @param isLast whether the monitor ends
 */
record Step(Board board, Optional<Order> order, boolean isLast) {

    static Step to(Board board) {
        return new Step(board, Optional.empty(), false);
    }

    static Step end(Board board) {
        return new Step(board, Optional.empty(), true);
    }

    /** What comes of a key. */
    static Step press(Key key, Board board) {
        if (key == Key.QUIT) {
            return end(board);
        }
        if (board.question().isPresent()) {
            return switch (key) {
                case YES -> new Step(board.notAsking(), board.question(), false);
                case NO -> to(board.notAsking());
                default -> to(board);
            };
        }
        return switch (key) {
            case UP -> to(board.selecting(-1));
            case DOWN -> to(board.selecting(1));
            case SAVEPOINT -> to(asking(Kind.SAVEPOINT, board));
            case CANCEL -> to(asking(Kind.CANCELLATION, board));
            default -> to(board);
        };
    }

    private static Board asking(Kind kind, Board board) {
        return board.selectedJob()
                .filter(job -> !job.isOver())
                .map(job -> board.asking(new Order(kind, job.id(), job.name())))
                .orElse(board);
    }
}
