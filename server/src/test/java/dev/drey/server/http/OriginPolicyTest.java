package dev.drey.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {

    private static final String HOST = "flink.example:8081";

    private final OriginPolicy any = new OriginPolicy("*", false);
    private final OriginPolicy named =
            new OriginPolicy("https://a.example, http://b.example:8080", false);
    private final OriginPolicy loopback = new OriginPolicy("*", true);

    @Test
    void aRequestThatIsNoPagesMayWrite() {
        assertThat(any.mayWrite(null, HOST, false)).isTrue();
        assertThat(any.mayWrite(null, null, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://flink.example:8081", "http://FLINK.example:8081"})
    void theServersOwnPageMayWrite(String origin) {
        assertThat(any.mayWrite(origin, HOST, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "*",
                "http://evil.example",
                "http://flink.example",
                "http://flink.example:8082",
                "http://flink.example:8081.evil.example",
                "http://evil.example#flink.example:8081",
                "http://x@flink.example:8081",
                "flink.example:8081",
                "no uri"
            })
    void anyOtherPageMayNotByDefault(String origin) {
        assertThat(any.mayWrite(origin, HOST, false)).isFalse();
    }

    @Test
    void aPageMayNotWriteToAServerThatIsCalledByNoName() {
        assertThat(any.mayWrite("http://flink.example:8081", null, false)).isFalse();
        assertThat(any.mayWrite("null", "null", false)).isFalse();
        assertThat(any.mayWrite("", "", false)).isFalse();
    }

    @Test
    void pagesThatTheOptionNamesMayWrite() {
        assertThat(named.mayWrite("https://a.example", HOST, false)).isTrue();
        assertThat(named.mayWrite("HTTP://B.example:8080", HOST, false)).isTrue();
        assertThat(named.mayWrite("http://a.example", HOST, false)).isFalse();
        assertThat(named.mayWrite("https://a.example.evil.example", HOST, false)).isFalse();
        assertThat(named.mayWrite("null", HOST, false)).isFalse();
    }

    @Test
    void aListThatHoldsAStarNamesNoMoreThanTheRest() {
        OriginPolicy both = new OriginPolicy("*,https://a.example", false);

        assertThat(both.mayWrite("https://a.example", HOST, false)).isTrue();
        assertThat(both.mayWrite("https://c.example", HOST, false)).isFalse();
        assertThat(both.mayWrite("*", HOST, false)).isFalse();
    }

    @Test
    void readsAreGrantedAsTheOptionSays() {
        assertThat(any.grant(null)).isEqualTo("*");
        assertThat(any.grant("https://a.example")).isEqualTo("*");
        assertThat(named.grant("https://a.example")).isEqualTo("https://a.example");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8081",
                "LOCALHOST:8081",
                "drey.localhost:8081",
                "127.0.0.1",
                "127.0.0.1:8081",
                "127.8.9.10:8081",
                "[::1]",
                "[::1]:8081",
                "[0:0:0:0:0:0:0:1]:8081"
            })
    void aServerOnALoopbackAddressIsKnownByLoopbackNames(String host) {
        assertThat(loopback.isKnownHost(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8081",
                "localhost.evil.example",
                "notlocalhost",
                "127.0.0.1.evil.example",
                "128.0.0.1",
                "0.0.0.0:8081",
                "[::2]:8081",
                "[::1",
                "[evil.example]"
            })
    void aServerOnALoopbackAddressIsKnownByNoOtherName(String host) {
        assertThat(loopback.isKnownHost(host)).isFalse();
    }

    @Test
    void aServerOnALoopbackAddressIsKnownByTheNamesOfTheOption() {
        OriginPolicy proxied = new OriginPolicy("https://proxy.example", true);

        assertThat(proxied.isKnownHost("proxy.example")).isTrue();
        assertThat(proxied.isKnownHost("Proxy.example")).isTrue();
        assertThat(proxied.isKnownHost("evil.example")).isFalse();
    }

    @Test
    void aServerOnAPublicAddressIsKnownByAnyName() {
        assertThat(any.isKnownHost("evil.example")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, false",
        "127.0.1.1, false",
        "localhost, false",
        "::1, false",
        "0.0.0.0, true",
        "192.0.2.1, true",
        "flink.example, true"
    })
    void theBindAddressDecidesWhetherNamesAreChecked(String address, boolean known) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_ADDRESS, address);

        assertThat(OriginPolicy.of(configuration).isKnownHost("evil.example")).isEqualTo(known);
    }

    @Test
    void theOptionIsFlinks() {
        Configuration configuration = new Configuration();
        configuration.set(WebOptions.ACCESS_CONTROL_ALLOW_ORIGIN, "https://a.example");
        OriginPolicy policy = OriginPolicy.of(configuration);

        assertThat(policy.isNamed("https://a.example")).isTrue();
        assertThat(policy.isKnownHost("evil.example")).as("bound to all addresses").isTrue();
    }
}
