package dev.drey.server.http;

import java.util.List;

/** What a query parameter stands for. */
public final class QueryValues {

    /** Flink reads every query parameter as a list with commas; what is empty at its end is not. */
    public static List<String> of(List<String> parameters) {
        return parameters.isEmpty()
                ? List.of()
                : List.of(String.join(",", parameters).split(",", 0));
    }

    private QueryValues() {}
}
