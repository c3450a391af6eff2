package dev.drey.it.failover;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks every endpoint a few questions a second, keeps every answer, and judges those of endpoints
 * that are to answer.
 */
final class Recorder implements AutoCloseable {

    /** No answer may take longer. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Long enough to see how late a late answer is, that of a frozen process for one. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final int EXCERPT = 4_000;
    private static final String UNKNOWN_JOB = "0123456789abcdef0123456789abcdef";
    private static final List<String> CLUSTER =
            List.of("/overview", "/jobs/overview", "/taskmanagers", "/jobs/" + UNKNOWN_JOB);
    private static final List<String> JOB = List.of("", "/status", "/checkpoints");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "recorder");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final List<Future<?>> loads = new ArrayList<>();
    private final Map<URI, Boolean> excused = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Question> asked = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final PrintWriter file;
    private volatile String job;

    /**
     * @param file where every answer is written to, too, a line each
     */
    Recorder(List<URI> endpoints, Path file) throws IOException {
        this.file = new PrintWriter(Files.newBufferedWriter(file), true);
        for (URI endpoint : endpoints) {
            excused.put(endpoint, true);
            AtomicLong questions = new AtomicLong();
            loads.add(
                    clock.scheduleAtFixedRate(
                            () -> ask(endpoint, questions.getAndIncrement()),
                            0,
                            INTERVAL.toMillis(),
                            TimeUnit.MILLISECONDS));
        }
    }

    /** A question that may be out. */
    private static final class Question {
        private final URI endpoint;
        private final String path;
        private final Instant sent = Instant.now();
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private volatile boolean excused;

        Question(URI endpoint, String path, boolean excused) {
            this.endpoint = endpoint;
            this.path = path;
            this.excused = excused;
        }
    }

    /**
     * What came of a question.
     *
     * @param excused whether the endpoint did not have to answer at some time while it was out
     * @param status 0 if there is none
     * @param retryAfter empty if there is none
     * @param body the beginning of it, or why there is none
     */
    record Answer(
            URI endpoint,
            String path,
            Instant sent,
            Duration took,
            boolean excused,
            int status,
            String retryAfter,
            String body) {

        Instant came() {
            return sent.plus(took);
        }

        private boolean isWrong() {
            return took.compareTo(LONGEST) > 0
                    || switch (status) {
                        case 200 -> path.contains(UNKNOWN_JOB);
                        case 404 -> !path.contains(UNKNOWN_JOB);
                        case 503 -> retryAfter.isEmpty();
                        case 504 -> !body.contains("did not answer in time: ");
                        default -> true;
                    };
        }

        @Override
        public String toString() {
            return "%s %s%s %d in %d ms%s%s %s"
                    .formatted(
                            sent,
                            endpoint,
                            path,
                            status,
                            took.toMillis(),
                            retryAfter.isEmpty() ? "" : " retry after " + retryAfter,
                            excused ? " (excused)" : "",
                            body.lines().findFirst().orElse(""));
        }
    }

    /** From now on {@code endpoint} need not answer. */
    void excuse(URI endpoint) {
        excused.put(endpoint, true);
        asked.stream()
                .filter(question -> question.endpoint.equals(endpoint))
                .forEach(question -> question.excused = true);
    }

    /** What {@code endpoint} is asked from now on it has to answer. */
    void expect(URI endpoint) {
        excused.put(endpoint, false);
    }

    /** Asks for a job, too, which the cluster knows from now on. */
    void watch(String id) {
        job = requireNonNull(id, "id is null");
    }

    /** Asks for the job no more, and waits until nothing is out. */
    void forget() {
        job = null;
        asked.stream().map(question -> question.answer).forEach(CompletableFuture::join);
        if (loads.stream().anyMatch(Future::isDone)) {
            throw new AssertionError("The recorder does not ask any more");
        }
    }

    /** What was answered from {@code time} on. */
    List<Answer> answersSince(Instant time) {
        return answers.stream().filter(answer -> answer.came().isAfter(time)).toList();
    }

    /** What was answered, be it wrong. */
    List<Answer> answers(Predicate<Answer> which) {
        return answers.stream().filter(which).toList();
    }

    /** What endpoints that had to answer did not as they should. */
    List<Answer> wrong() {
        return answers.stream().filter(answer -> !answer.excused && answer.isWrong()).toList();
    }

    /** How many answers there are of each status, by endpoint; 0 is none. */
    String summary() {
        List<String> lines = new ArrayList<>();
        excused.keySet().stream()
                .sorted()
                .forEach(
                        endpoint ->
                                Stream.of(false, true)
                                        .forEach(
                                                wasExcused ->
                                                        lines.add(summary(endpoint, wasExcused))));
        return String.join("\n", lines);
    }

    private String summary(URI endpoint, boolean wasExcused) {
        List<Answer> those =
                answers(answer -> answer.endpoint.equals(endpoint) && answer.excused == wasExcused);
        Map<Integer, Long> statuses =
                those.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Answer::status, TreeMap::new, Collectors.counting()));
        long slowest = those.stream().mapToLong(answer -> answer.took.toMillis()).max().orElse(0);
        return "%s%s: %s, slowest %d ms"
                .formatted(endpoint, wasExcused ? " (excused)" : "", statuses, slowest);
    }

    private void ask(URI endpoint, long number) {
        String asksFor = job;
        List<String> paths = new ArrayList<>(CLUSTER);
        if (asksFor != null) {
            JOB.forEach(path -> paths.add("/jobs/" + asksFor + path));
        }
        String path = paths.get((int) (number % paths.size()));
        Question question = new Question(endpoint, path, excused.get(endpoint));
        asked.add(question);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(endpoint + path)).timeout(PATIENCE).build();
        CompletableFuture<Boolean> kept =
                client.sendAsync(request, BodyHandlers.ofString())
                        .handle((response, failure) -> keep(question, response, failure));
        kept.exceptionally(question.answer::completeExceptionally);
    }

    private boolean keep(Question question, HttpResponse<String> response, Throwable failure) {
        Answer answer =
                new Answer(
                        question.endpoint,
                        question.path,
                        question.sent,
                        Duration.between(question.sent, Instant.now()),
                        question.excused || excused.get(question.endpoint),
                        response == null ? 0 : response.statusCode(),
                        response == null
                                ? ""
                                : response.headers().firstValue("Retry-After").orElse(""),
                        response == null ? failure.toString() : excerpt(response.body()));
        answers.add(answer);
        file.println(answer);
        asked.remove(question);
        return question.answer.complete(answer);
    }

    private static String excerpt(String body) {
        return body.substring(0, Math.min(EXCERPT, body.length()));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        file.close();
    }
}
