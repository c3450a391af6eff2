package dev.drey.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which endpoint is asked next, by a clock that is moved by hand. */
class EndpointsTest {
    private static final URI A = URI.create("http://a");
    private static final URI B = URI.create("http://b");
    private static final URI C = URI.create("http://c");

    private long now = Long.MAX_VALUE - 1_000;
    private final Endpoints endpoints = new Endpoints(List.of(A, B, C), () -> now);

    @Test
    void theOneThatWorksIsKeptTo() {
        assertThat(order()).containsExactly(A, B, C);
        works(B);
        assertThat(order()).containsExactly(B, C, A);
        works(A);
        assertThat(order()).containsExactly(A, B, C);
    }

    @Test
    void theOneThatFailsComesLastForASecond() {
        fails(A, Duration.ZERO);
        assertThat(order()).containsExactly(B, C, A);
        pass(Duration.ofMillis(999));
        assertThat(order()).containsExactly(B, C, A);
        pass(Duration.ofMillis(1));
        assertThat(order()).containsExactly(A, B, C);
    }

    @Test
    void whoFailsAgainIsLeftAloneTwiceAsLong() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            fails(A, Duration.ZERO);
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(order()).last().isEqualTo(A);
            pass(Duration.ofNanos(1));
            assertThat(order()).first().isEqualTo(A);
        }
        works(A);
        fails(A, Duration.ZERO);
        pass(Duration.ofSeconds(1));
        assertThat(order()).first().isEqualTo(A);
    }

    @Test
    void whoAsksToBeLeftAloneIsButNotForEver() {
        fails(A, Duration.ofSeconds(10));
        pass(Duration.ofSeconds(9));
        assertThat(order()).last().isEqualTo(A);
        pass(Duration.ofSeconds(1));
        fails(A, Duration.ofDays(1));
        pass(Duration.ofSeconds(30));
        assertThat(order()).first().isEqualTo(A);
    }

    @Test
    void ofThoseThatFailTheOneIsNextWhoseTimeComesFirst() {
        fails(A, Duration.ofSeconds(20));
        fails(B, Duration.ofSeconds(10));
        fails(C, Duration.ofSeconds(15));
        assertThat(order()).containsExactly(B, C, A);
    }

    @Test
    void anEndpointIsOneHoweverOftenItIsNamed() {
        Endpoints same = new Endpoints(List.of(A, A), () -> now);
        assertThat(same.next(List.of(same.at(A)))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> endpoint(URI.create("http://d")));
    }

    private List<URI> order() {
        List<Endpoint> tried = new ArrayList<>();
        for (var next = endpoints.next(tried); next.isPresent(); next = endpoints.next(tried)) {
            tried.add(next.get());
        }
        return tried.stream().map(Endpoint::uri).toList();
    }

    private Endpoint endpoint(URI uri) {
        return endpoints.at(uri);
    }

    private void works(URI uri) {
        endpoints.works(endpoint(uri));
    }

    private void fails(URI uri, Duration atLeast) {
        endpoints.fails(endpoint(uri), atLeast);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
