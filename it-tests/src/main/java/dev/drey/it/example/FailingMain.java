package dev.drey.it.example;

/** Needs an argument, and fails without one before it has submitted a job. */
public final class FailingMain {

    /** What it says. */
    public static final String COMPLAINT = "there is no input today";

    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            throw new IllegalStateException(COMPLAINT);
        }
    }

    private FailingMain() {}
}
