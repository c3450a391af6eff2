package dev.drey.it.speed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.it.speed.SpeedTable.Round;
import dev.drey.it.speed.Wrk.Measurement;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedTableTest {

    private static final Measurement STOCK = new Measurement(100, 8, List.of());
    private static final Measurement CEILING = new Measurement(400, 1, List.of());

    private final SpeedTable table = new SpeedTable(List.of(1, 16));

    @Test
    void showsMediansOfRatiosAndNotRatiosOfMedians() {
        table.route("/config", 345);
        table.add("/config", 1, round(200, 4));
        table.add("/config", 1, new Round(new Measurement(10, 1, List.of()), drey(90, 5), CEILING));
        table.add("/config", 1, round(300, 2));
        table.add("/config", 16, round(100, 16));
        table.add("/config", 16, round(200, 8));

        assertThat(table.ratios())
                .contains("| `/config` | 0.3 kB | 3.00 / 1.50 | 0.50 / 1.50 | 0.50 / 0.38 |\n");
    }

    @Test
    void errorsVoidTheirColumnWithANote() {
        table.route("/config", 345);
        table.add("/config", 1, round(200, 4));
        table.add("/config", 16, round(200, 4));
        table.add(
                "/config",
                16,
                new Round(STOCK, new Measurement(900, 1, List.of("Socket errors")), CEILING));

        assertThat(table.ratios())
                .contains("| `/config` | 0.3 kB | 2.00 / void | 0.50 / void | 0.50 / void |\n")
                .contains("- `/config` at 16 connections is void. Drey: Socket errors\n");
    }

    private static Round round(double requestsPerSecond, double p99Millis) {
        return new Round(STOCK, drey(requestsPerSecond, p99Millis), CEILING);
    }

    private static Measurement drey(double requestsPerSecond, double p99Millis) {
        return new Measurement(requestsPerSecond, p99Millis, List.of());
    }
}
