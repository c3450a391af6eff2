package dev.drey.client;

import static dev.drey.client.Futures.await;

import dev.drey.client.async.OperationFuture;
import dev.drey.client.async.OperationToken;
import dev.drey.client.async.PollSettings;
import dev.drey.client.metrics.AggregatedMetricsQuery;
import dev.drey.model.jobs.JobStatus;
import dev.drey.model.metrics.MetricId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The routes that the SDK's methods ask for, learned by calling every one of them. */
final class SdkRoutes {
    private static final String HEX = "0123456789abcdef0123456789abcdef";

    /** No second question follows the first one of an operation within a test. */
    private static final PollSettings ONE_QUESTION =
            PollSettings.DEFAULT.withDelays(Duration.ofMinutes(1), Duration.ofMinutes(1));

    /** What only Drey serves. */
    static final Set<String> OF_DREY = Set.of("GET /operations", "GET /operations/:triggerid");

    private final Set<String> known = new TreeSet<>(list("flink-routes.txt"));
    private final Set<String> routes = new TreeSet<>();
    private final Map<Class<?>, Object> simple = new HashMap<>();

    private SdkRoutes(Path file) {
        known.addAll(OF_DREY);
        simple.put(Path.class, file);
        simple.put(JobStatus.class, JobStatus.RUNNING);
        simple.put(String.class, HEX);
        simple.put(int.class, 1);
        simple.put(Integer.class, 1);
        simple.put(long.class, 1L);
        simple.put(Long.class, 1L);
        simple.put(boolean.class, true);
        simple.put(Boolean.class, true);
        simple.put(UUID.class, new UUID(1, 1));
        simple.put(Duration.class, Duration.ofSeconds(1));
        simple.put(Instant.class, Instant.EPOCH);
        simple.put(Optional.class, Optional.empty());
        simple.put(List.class, List.of());
        simple.put(Collection.class, List.of());
        simple.put(Set.class, Set.of());
        simple.put(Map.class, Map.of());
        simple.put(
                AggregatedMetricsQuery.class, AggregatedMetricsQuery.of(MetricId.fromString(HEX)));
    }

    /**
     * The routes that the public methods ask for first; a request that fits no known route stands
     * for itself.
     *
     * @param folder for the file that methods are given
     */
    static Set<String> all(Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("any.jar"), "content");
        SdkRoutes sdk = new SdkRoutes(file);
        sdk.explore(List.of(), FlinkMonitoringClient.class);
        return sdk.routes;
    }

    /** The lines of a list beside this class. */
    static Set<String> list(String name) {
        try (InputStream lines = SdkRoutes.class.getResourceAsStream(name)) {
            Set<String> list = new TreeSet<>();
            new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(Predicate.not(String::isBlank))
                    .forEach(list::add);
            return list;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void explore(List<Method> way, Class<?> client) throws Exception {
        for (Method method : client.getDeclaredMethods()) {
            if (!Modifier.isPublic(method.getModifiers())
                    || Modifier.isStatic(method.getModifiers())
                    || method.isSynthetic()
                    || method.getReturnType() == void.class
                    || isResumedByToken(method)) {
                continue;
            }
            List<Method> longer = new ArrayList<>(way);
            longer.add(method);
            if (isFuture(method.getReturnType())) {
                routes.add(route(ask(longer)));
            } else {
                explore(longer, method.getReturnType());
            }
        }
    }

    /** Its route is that of the operation. */
    private static boolean isResumedByToken(Method method) {
        boolean isOfTheClient =
                method.getName().equals("resume")
                        && method.getDeclaringClass() == FlinkMonitoringClient.class;
        return isOfTheClient || List.of(method.getParameterTypes()).contains(OperationToken.class);
    }

    private static boolean isFuture(Class<?> type) {
        return type == CompletableFuture.class || type == OperationFuture.class;
    }

    /**
     * The first request line of a method that is its own: before a write, it may be asked who
     * answers.
     */
    private String ask(List<Method> way) throws Exception {
        boolean isQuestionWhoAnswers =
                Set.of("configuration", "capabilities").contains(way.get(way.size() - 1).getName());
        CompletableFuture<String> asked = new CompletableFuture<>();
        try (FaultyServer server =
                        FaultyServer.that(
                                connection -> {
                                    String line = connection.head().lines().findFirst().orElse("");
                                    if (isQuestionWhoAnswers
                                            || !line.startsWith("GET /v1/config ")) {
                                        asked.complete(line);
                                    }
                                    connection.answerJson(200, "{}");
                                });
                FlinkMonitoringClient client =
                        FlinkMonitoringClient.builder()
                                .endpoint(server.endpoint())
                                .pollSettings(ONE_QUESTION)
                                .build()) {
            Object target = client;
            for (Method method : way) {
                target = method.invoke(target, samples(method));
            }
            return await(asked);
        }
    }

    /** The route of Flink that a request line belongs to: the one with the most literal parts. */
    private String route(String requestLine) {
        String[] words = requestLine.split(" ", -1);
        String request = words[0] + words[1].replaceFirst("^/v1", " ").replaceFirst("\\?.*", "");
        return known.stream()
                .filter(route -> fits(route.split("/", -1), request.split("/", -1)))
                .min(Comparator.comparingLong(SdkRoutes::parameters))
                .orElse(request);
    }

    private static boolean fits(String[] route, String[] request) {
        return route.length == request.length
                && IntStream.range(0, route.length)
                        .allMatch(i -> route[i].startsWith(":") || route[i].equals(request[i]));
    }

    private static long parameters(String route) {
        return Arrays.stream(route.split("/", -1)).filter(part -> part.startsWith(":")).count();
    }

    private Object[] samples(Method method) throws Exception {
        Object[] samples = new Object[method.getParameterCount()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = sample(method.getParameterTypes()[i]);
        }
        return samples;
    }

    /** Some value of a type; 32 hexadecimal digits are an id of every kind. */
    private Object sample(Class<?> type) throws Exception {
        if (type.isRecord()) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            Object[] values = new Object[types.length];
            for (int i = 0; i < types.length; i++) {
                values[i] = sample(types[i]);
            }
            return type.getConstructor(types).newInstance(values);
        }
        if (type.isEnum() && !simple.containsKey(type)) {
            return type.getEnumConstants()[0];
        }
        if (type.isArray()) {
            Object array = Array.newInstance(type.getComponentType(), 1);
            Array.set(array, 0, sample(type.getComponentType()));
            return array;
        }
        if (!simple.containsKey(type)) {
            throw new IllegalArgumentException("Which " + type + " may stand for any other?");
        }
        return simple.get(type);
    }
}
