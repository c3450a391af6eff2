package dev.drey.server.jobs;

import dev.drey.model.ResourceId;
import dev.drey.model.jobs.JobExceptionsInfoWithHistory;
import dev.drey.model.jobs.JobExceptionsInfoWithHistory.ExceptionInfo;
import dev.drey.model.jobs.JobExceptionsInfoWithHistory.JobExceptionHistory;
import dev.drey.model.jobs.JobExceptionsInfoWithHistory.RootExceptionInfo;
import dev.drey.server.Ids;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.exceptionhistory.ExceptionHistoryEntry;
import org.apache.flink.runtime.scheduler.exceptionhistory.ExceptionHistoryEntry.ArchivedTaskManagerLocation;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;

final class JobExceptionsConverter {

    static JobExceptionsInfoWithHistory exceptions(
            ExecutionGraphInfo graph, ExceptionsFilter filter) {
        List<RootExceptionHistoryEntry> newestFirst = new ArrayList<>();
        for (RootExceptionHistoryEntry failure : graph.getExceptionHistory()) {
            if (filter.admits(failure.getFailureLabels())) {
                newestFirst.add(failure);
            }
        }
        Collections.reverse(newestFirst);
        return new JobExceptionsInfoWithHistory(
                new JobExceptionHistory(
                        newestFirst.stream()
                                .limit(filter.limit())
                                .map(JobExceptionsConverter::root)
                                .toList(),
                        newestFirst.size() > filter.limit()));
    }

    static RootExceptionInfo root(RootExceptionHistoryEntry failure) {
        return new RootExceptionInfo(
                failure.getException().getOriginalErrorClassName(),
                failure.getExceptionAsString(),
                failure.getTimestamp(),
                failure.getFailureLabels(),
                failure.getFailingTaskName(),
                endpoint(failure),
                taskManager(failure),
                StreamSupport.stream(failure.getConcurrentExceptions().spliterator(), false)
                        .map(JobExceptionsConverter::concurrent)
                        .toList());
    }

    private static ExceptionInfo concurrent(ExceptionHistoryEntry failure) {
        return new ExceptionInfo(
                failure.getException().getOriginalErrorClassName(),
                failure.getExceptionAsString(),
                failure.getTimestamp(),
                failure.getFailureLabels(),
                failure.getFailingTaskName(),
                endpoint(failure),
                taskManager(failure));
    }

    private static String endpoint(ExceptionHistoryEntry failure) {
        return location(failure).map(ArchivedTaskManagerLocation::getEndpoint).orElse(null);
    }

    private static ResourceId taskManager(ExceptionHistoryEntry failure) {
        return location(failure).map(location -> Ids.of(location.getResourceID())).orElse(null);
    }

    /** Of the whole job's failure, there is none to show. */
    private static Optional<ArchivedTaskManagerLocation> location(ExceptionHistoryEntry failure) {
        return failure.isGlobal()
                ? Optional.empty()
                : Optional.ofNullable(failure.getTaskManagerLocation());
    }

    private JobExceptionsConverter() {}
}
