package dev.drey.model.error;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The body of every answer that is not a success.
 *
 * @param errors what went wrong; one clear line from Drey, a stack trace from stock Flink
 */
public record ErrorResponseBody(@JsonProperty("errors") List<String> errors) {

    public ErrorResponseBody {
        errors = errors == null ? List.of() : List.copyOf(errors);
    }
}
