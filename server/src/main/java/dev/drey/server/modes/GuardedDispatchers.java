package dev.drey.server.modes;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.webmonitor.retriever.GatewayRetriever;

/** Leading dispatchers, whose answers a guard sees before anybody else. */
final class GuardedDispatchers implements GatewayRetriever<DispatcherGateway> {

    /** Sees what one leader answers. */
    interface Guard {

        /** What is to be answered instead of {@code answer}. */
        <T> CompletableFuture<T> guarded(Call call, CompletableFuture<T> answer);

        /** This one, and then {@code next}. */
        default Guard then(Guard next) {
            Guard first = this;
            return new Guard() {
                @Override
                public <T> CompletableFuture<T> guarded(Call call, CompletableFuture<T> answer) {
                    return next.guarded(call, first.guarded(call, answer));
                }
            };
        }
    }

    /**
     * What a leader is asked.
     *
     * @param name of the gateway's method
     * @param job that it is about
     */
    record Call(DispatcherGateway leader, String name, Optional<JobID> job) {

        static Call of(DispatcherGateway leader, Method method, Object... arguments) {
            return new Call(
                    leader,
                    method.getName(),
                    Stream.ofNullable(arguments)
                            .flatMap(Arrays::stream)
                            .filter(JobID.class::isInstance)
                            .map(JobID.class::cast)
                            .findFirst());
        }

        /** Whether it changes nothing. */
        boolean isRead() {
            return Stream.of("request", "get", "list").anyMatch(name::startsWith);
        }
    }

    private record Leader(
            CompletableFuture<DispatcherGateway> retrieved,
            CompletableFuture<DispatcherGateway> guarded) {}

    private final GatewayRetriever<DispatcherGateway> leaders;
    private final Supplier<Guard> guards;
    private volatile Leader leader;

    /**
     * @param guards gives each leader one of its own
     */
    GuardedDispatchers(GatewayRetriever<DispatcherGateway> leaders, Supplier<Guard> guards) {
        this.leaders = requireNonNull(leaders, "leaders is null");
        this.guards = requireNonNull(guards, "guards is null");
        this.leader = guarded(leaders.getFuture());
    }

    /** The same future as long as the same one leads. */
    @Override
    public CompletableFuture<DispatcherGateway> getFuture() {
        CompletableFuture<DispatcherGateway> retrieved = leaders.getFuture();
        Leader known = leader;
        return known.retrieved() == retrieved ? known.guarded() : next(retrieved);
    }

    private synchronized CompletableFuture<DispatcherGateway> next(
            CompletableFuture<DispatcherGateway> retrieved) {
        if (leader.retrieved() != retrieved) {
            leader = guarded(retrieved);
        }
        return leader.guarded();
    }

    private Leader guarded(CompletableFuture<DispatcherGateway> retrieved) {
        Guard guard = guards.get();
        return new Leader(retrieved, retrieved.thenApply(dispatcher -> guarded(dispatcher, guard)));
    }

    private static DispatcherGateway guarded(DispatcherGateway dispatcher, Guard guard) {
        return (DispatcherGateway)
                Proxy.newProxyInstance(
                        DispatcherGateway.class.getClassLoader(),
                        new Class<?>[] {DispatcherGateway.class},
                        (proxy, method, arguments) -> {
                            try {
                                Object answer = method.invoke(dispatcher, arguments);
                                return answer instanceof CompletableFuture<?> future
                                        ? guard.guarded(
                                                Call.of(dispatcher, method, arguments), future)
                                        : answer;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
