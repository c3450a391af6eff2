package dev.drey.server.telemetry;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** Counts what the cluster is asked, and what it need not be asked, by the kind of question. */
public interface FetchMetrics {

    /** The cluster is asked a question of this kind. */
    void asked(Class<?> kind);

    /** A request has its answer from a question that was asked for another, too. */
    void shared(Class<?> kind);

    /** Counts nothing. */
    static FetchMetrics none() {
        return new FetchMetrics() {
            @Override
            public void asked(Class<?> kind) {}

            @Override
            public void shared(Class<?> kind) {}
        };
    }

    /** Counts in {@code group}, where a kind has metrics once it was asked for. */
    static FetchMetrics in(MetricGroup group) {
        return new Counted(group);
    }

    /** The counters of each kind. */
    final class Counted implements FetchMetrics {

        private final MetricGroup group;
        private final ConcurrentMap<Class<?>, OfKind> kinds = new ConcurrentHashMap<>();

        private Counted(MetricGroup group) {
            this.group = requireNonNull(group, "group is null");
        }

        @Override
        public void asked(Class<?> kind) {
            of(kind).asked.inc();
        }

        @Override
        public void shared(Class<?> kind) {
            of(kind).shared.inc();
        }

        private OfKind of(Class<?> kind) {
            return kinds.computeIfAbsent(
                    kind, absent -> new OfKind(group.addGroup("source", kind.getSimpleName())));
        }
    }

    /** The counters of one kind. */
    record OfKind(Counter asked, Counter shared) {
        private OfKind(MetricGroup group) {
            this(
                    group.counter("fetches", new ThreadSafeSimpleCounter()),
                    group.counter("sharedFetches", new ThreadSafeSimpleCounter()));
        }
    }
}
