package dev.drey.server.async;

import dev.drey.model.TriggerId;
import dev.drey.model.async.OperationDetails;
import dev.drey.model.async.OperationsInfo;
import dev.drey.model.async.QueueStatus;
import jakarta.ws.rs.NotFoundException;
import java.util.List;

/** The journal, as it is shown. */
final class OperationConverter {

    static OperationsInfo list(List<Journal.Entry> entries) {
        return new OperationsInfo(entries.stream().map(OperationConverter::details).toList());
    }

    static OperationDetails one(List<Journal.Entry> entries, TriggerId triggerId) {
        return entries.stream()
                .filter(entry -> entry.intent().triggerId().equals(triggerId))
                .findFirst()
                .map(OperationConverter::details)
                .orElseThrow(
                        () ->
                                new NotFoundException(
                                        "No operation %s was triggered here lately: see /operations"
                                                .formatted(triggerId)));
    }

    private static OperationDetails details(Journal.Entry entry) {
        Intent intent = entry.intent();
        return new OperationDetails(
                intent.triggerId(),
                intent.operation().orElseThrow(),
                intent.job().orElse(null),
                intent.target().orElse(null),
                intent.at().toEpochMilli(),
                intent.id(),
                entry.outcome().isPresent() ? QueueStatus.completed() : QueueStatus.inProgress());
    }

    private OperationConverter() {}
}
