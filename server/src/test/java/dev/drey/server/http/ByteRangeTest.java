package dev.drey.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.ws.rs.ClientErrorException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    private static final String BEYOND_LONG = "99999999999999999999";

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-, 0, 9",
        "bytes=0-9, 0, 9",
        "bytes=0-10, 0, 9",
        "bytes=3-5, 3, 5",
        "bytes=9-9, 9, 9",
        "bytes=9-, 9, 9",
        "bytes=-1, 9, 9",
        "bytes=-10, 0, 9",
        "bytes=-11, 0, 9",
        "bytes=-" + BEYOND_LONG + ", 0, 9",
        "bytes=5-" + BEYOND_LONG + ", 5, 9",
        "Bytes = 3-5, 3, 5",
        "bytes=003-005, 3, 5"
    })
    void aPartIsNamed(String header, long first, long last) {
        ByteRange range = ByteRange.of(List.of(header), 10).orElseThrow();

        assertThat(range).isEqualTo(new ByteRange(first, last));
        assertThat(range.size()).isEqualTo(last - first + 1);
        assertThat(range.within(10)).isEqualTo("bytes %d-%d/10".formatted(first, last));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=x-y",
                "bytes=5",
                "bytes=5-3",
                "bytes=12-11",
                "bytes=0-1,3-4",
                "bytes=--1",
                "bytes=+1-2",
                "bytes=1 - 2",
                "lines=0-1",
                "0-1"
            })
    void whatIsNoSingleRangeCountsForNothing(String header) {
        assertThat(ByteRange.of(List.of(header), 10)).isEmpty();
    }

    @Test
    void noneAndTwoCountForNothing() {
        assertThat(ByteRange.of(List.of(), 10)).isEmpty();
        assertThat(ByteRange.of(List.of("bytes=0-1", "bytes=0-1"), 10)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=10-, 10",
        "bytes=10-20, 10",
        "bytes=-0, 10",
        "bytes=" + BEYOND_LONG + "-, 10",
        "bytes=" + BEYOND_LONG + "-" + BEYOND_LONG + ", 10",
        "bytes=0-, 0",
        "bytes=-5, 0"
    })
    void whatIsNotThereIsRefused(String header, long length) {
        assertThatExceptionOfType(ClientErrorException.class)
                .isThrownBy(() -> ByteRange.of(List.of(header), length))
                .satisfies(
                        refusal -> {
                            assertThat(refusal.getResponse().getStatus()).isEqualTo(416);
                            assertThat(refusal.getResponse().getHeaderString("Content-Range"))
                                    .isEqualTo("bytes */" + length);
                        });
    }
}
