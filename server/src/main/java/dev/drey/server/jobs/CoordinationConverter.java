package dev.drey.server.jobs;

import com.fasterxml.jackson.core.Base64Variants;
import dev.drey.model.jobs.ClientCoordinationRequestBody;
import dev.drey.model.jobs.ClientCoordinationResponseBody;
import dev.drey.server.error.Failures;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.UncheckedIOException;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.scheduler.CoordinatorNotExistException;
import org.apache.flink.util.FlinkException;
import org.apache.flink.util.SerializedValue;

/** What a client and the coordinator of an operator say to each other. Nothing reads it here. */
final class CoordinationConverter {

    private static final String FIELD = "serializedCoordinationRequest";

    static SerializedValue<CoordinationRequest> request(ClientCoordinationRequestBody body) {
        String base64 = body.serializedCoordinationRequest();
        if (base64 == null || base64.isEmpty()) {
            throw new BadRequestException(
                    "Field '%s' is missing: send a serialized request as Base64".formatted(FIELD));
        }
        byte[] serialized;
        try {
            serialized = Base64Variants.getDefaultVariant().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(
                    "Field '%s' is no Base64: %s".formatted(FIELD, Failures.line(e)), e);
        }
        if (serialized.length == 0) {
            throw new BadRequestException("Field '%s' is Base64 of nothing".formatted(FIELD));
        }
        return SerializedValue.fromBytes(serialized);
    }

    static ClientCoordinationResponseBody response(CoordinationResponse response) {
        try {
            return new ClientCoordinationResponseBody(
                    Base64Variants.getDefaultVariant()
                            .encode(new SerializedValue<>(response).getByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why a request is not answered: {@code failure} itself where that is no fault of it. */
    static Throwable refusal(String operatorUid, Throwable failure) {
        if (failure instanceof CoordinatorNotExistException) {
            return new NotFoundException(
                    "Operator '%s' has no coordinator, or its vertex does not run yet"
                            .formatted(operatorUid),
                    failure);
        }
        if (takesNoRequests(failure)) {
            return new NotFoundException(
                    "The coordinator of operator '%s' takes no requests of clients"
                            .formatted(operatorUid),
                    failure);
        }
        if (isUnreadable(failure)) {
            return new BadRequestException(
                    "The coordinator of operator '%s' cannot read the request: %s"
                            .formatted(operatorUid, Failures.told(failure)),
                    failure);
        }
        return failure;
    }

    /** Flink tells it with these words alone. */
    private static boolean takesNoRequests(Throwable failure) {
        return failure.getClass() == FlinkException.class
                && failure.getMessage() != null
                && failure.getMessage().endsWith("cannot handle client event");
    }

    /** What reading it in the job's classes, and taking it for what it should be, fails with. */
    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof ObjectStreamException
                || failure instanceof EOFException
                || failure instanceof ClassNotFoundException
                || failure instanceof ClassCastException
                || failure instanceof IllegalArgumentException;
    }

    private CoordinationConverter() {}
}
