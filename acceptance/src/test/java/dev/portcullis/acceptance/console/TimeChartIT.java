package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/// What a chart draws of the numbers that it is given; those of the tests are in no overview on purpose.
@InBrowser
class TimeChartIT {
    private static final String SHOW = """
            (chart, [steps, values]) => {
              const known = JSON.parse(`[${values}]`);
              const times = Array.from({length: steps}, (_, step) => step * 60_000);
              chart.data = {
                label: 'A line', kind: 'lines', unit: 'micros', step: 60_000, times,
                series: [{
                  key: 'p50', name: 'p50', colour: '--overview-p50', dash: 'solid',
                  values: times.map((_, step) => known[step] ?? null),
                }],
              };
            }""";
    private static final String MARKS = "svg path[transform^=matrix]:not([fill-opacity='0'])";

    /// A line needs two points.
    @ParameterizedTest(name = "{1}, in {0} steps")
    @CsvSource(
            delimiter = ';',
            value = {
                "40; 7; 1",
                "40; null, 7; 1",
                "40; 1, 2, null, 4, null, 6, 7; 1",
                "40; 1, null, 3, null, 5, null; 3",
                "40; 1, 2, 3; 0",
                "40; null; 0",
                "1; 7; 1",
                "3; 1, 2, 3; 3",
            })
    void pointWithoutNeighboursHasAMark(int steps, String values, int marks, LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            var chart = show(screen, steps, values);

            assertThat(chart.locator(MARKS)).hasCount(marks);
            screen.assertQuiet();
        }
    }

    @Test
    void pointAtThePointerHasAMark(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            for (var values : List.of("1, 2, 3", "1, 2, 3, null, 5")) {
                var chart = show(screen, 40, values);
                var before = chart.locator(MARKS).count();
                var box = chart.boundingBox();

                screen.page().mouse().move(box.x + 48, box.y + box.height / 2);

                assertThat(chart.locator(MARKS)).hasCount(before + 1);
                screen.photograph("chart-pointed-at");
            }
        }
    }

    private static Locator show(Screen screen, int steps, String values) {
        screen.open("/", "Overview");
        var chart = screen.page().locator("time-chart").last();
        assertThat(chart.locator("svg")).isVisible();
        chart.evaluate(SHOW, List.of(steps, values));
        return chart;
    }
}
