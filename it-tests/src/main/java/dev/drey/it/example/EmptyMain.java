package dev.drey.it.example;

/** Submits nothing. */
public final class EmptyMain {

    public static void main(String[] arguments) {}

    private EmptyMain() {}
}
