package dev.drey.it.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    counting 2026-11-23 17:48:02.362 1m 3s 12ms  | counting <time> <duration>
                    Upload 2026-11-23, 17:48:06                  | Upload <time>
                    4ms2ms89ms1s 2ms RUNNING                     | <duration>RUNNING
                    3 GB of 1,024.5 MB, 0 B (0 B)                | <size> of <size>, <size> (<size>)
                    fcdde284471d4d657fee885d2c23ac87 runs        | <id> runs
                    ca88eee0 is as 40718290 is                   | <number> is as <number> is
                    949b19d3-9349-4b72-a818-7ad08dde67a6_a.jar   | <id>_a.jar
                    on 127.0.0.1:38343-3a5a2e at localhost:33273 | on <host> at <host>
                    127.0.0.1:34091-abef8c_ITIMER_2026.html      | <host>_ITIMER_<number>.html
                    1/2 (50%) - NaN%                             | <number>/<number> (<number>%) - NaN%
                    Path: file:/a/b-1/savepoint-2 done           | Path: <file> done
                    Discarded: - Type: x                         | Discarded: <maybe> Type: x
                    State RUNNING                                | State RUNNING
                    """)
    void onlyWhatIsOfTheMomentIsMasked(String text, String masked) {
        assertThat(Mask.of(text)).isEqualTo(masked);
    }
}
