package dev.drey.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestTest {

    @Test
    void valuesTakeThePlaceOfParameters() {
        assertThat(Request.get("/jobs/:jobid/savepoints/:triggerid", "a", "b").path())
                .isEqualTo("/jobs/a/savepoints/b");
        assertThat(Request.patch("/jobs/:jobid?mode=cancel", "a").path())
                .isEqualTo("/jobs/a?mode=cancel");
    }

    @Test
    void noValueChangesTheShapeOfThePath() {
        assertThat(Request.get("/jars/:jarid/run", "../a/b?c#d%2F e+\u00fc:x$1{y}").path())
                .isEqualTo("/jars/..%2Fa%2Fb%3Fc%23d%252F%20e%2B%C3%BC%3Ax%241%7By%7D/run");
    }

    @Test
    void queryParametersFollowEachOther() {
        assertThat(Request.get("/jobs").withQuery("a", "1&b=2").withQuery("c", "x:y/z").path())
                .isEqualTo("/jobs?a=1%26b%3D2&c=x%3Ay%2Fz");
        assertThat(Request.patch("/jobs/:jobid?mode=cancel", "a").withQuery("b", "").path())
                .isEqualTo("/jobs/a?mode=cancel&b=");
    }

    @Test
    void parametersAndValuesMatch() {
        assertThatIllegalArgumentException().isThrownBy(() -> Request.get("/jobs", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> Request.get("/jobs/:jobid"));
    }

    @Test
    void noHeaderChangesTheShapeOfTheRequest() {
        Request request = Request.get("/jobs");
        assertThat(request.withHeader("a", "1").withHeader("A", "2").headers())
                .hasSize(1)
                .containsEntry("a", "2");
        assertThatIllegalArgumentException().isThrownBy(() -> request.withHeader("a b", "1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request.withHeader("a", "secret\r\nb: 2"))
                .withMessageNotContaining("secret");
    }

    @Test
    void whatIsAddedIsKept() {
        URI endpoint = URI.create("http://a");
        Request request =
                Request.post("/jobs")
                        .at(endpoint)
                        .withTimeout(Duration.ofSeconds(1))
                        .repeatable()
                        .withHeader("a", "1")
                        .withQuery("b", "2")
                        .from(3);
        assertThat(request.endpoint()).contains(endpoint);
        assertThat(request.timeout()).contains(Duration.ofSeconds(1));
        assertThat(request.isRepeatable()).isTrue();
        assertThat(request.headers()).containsEntry("a", "1");
        assertThat(request.path()).isEqualTo("/jobs?b=2");
        assertThat(request.position()).isEqualTo(3);
        assertThat(Request.post("/jobs").isRepeatable()).isFalse();
        assertThat(Request.get("/jobs").isRepeatable()).isTrue();
    }
}
