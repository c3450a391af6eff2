package dev.drey.it.example;

/** Tries to end the virtual machine that runs it. */
public final class ExitingMain {

    /** What it exits with. */
    public static final int STATUS = 3;

    public static void main(String[] arguments) {
        System.exit(STATUS);
    }

    private ExitingMain() {}
}
