package dev.portcullis.console.overview.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.console.components.CallList;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.TimeChart;
import dev.portcullis.console.components.TimeChart.Series;
import dev.portcullis.console.overview.OutcomeGroup;
import dev.portcullis.console.overview.Overview;
import dev.portcullis.console.overview.Overview.Latency;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// A chart of the period with its heading and its legend. A step, or a part of one, leads to the calls in it.
final class SeriesChart extends Div {
    private static final long serialVersionUID = 1L;

    private final TimeChart chart = new TimeChart();
    private final transient Function<Overview, TimeChart.Data> data;
    private @Nullable transient Overview shown;

    private SeriesChart(
            String heading, UnorderedList legend, Function<Overview, TimeChart.Data> data, Consumer<String> open) {
        this.data = data;
        addClassNames("panel", "overview-chart");
        var line = new Div(new H2(heading), legend);
        line.addClassName("overview-chart-heading");
        add(line, chart);
        chart.onChoice(choice -> list(choice.index(), choice.series()).ifPresent(open));
    }

    /// @param open goes to an address
    static SeriesChart ofCalls(Consumer<String> open) {
        return new SeriesChart(
                "Calls",
                legend(Arrays.stream(OutcomeGroup.values())
                        .map(group -> entry(word(group), colour(group), "bar"))
                        .toList()),
                SeriesChart::calls,
                open);
    }

    /// @param open goes to an address
    static SeriesChart ofLatency(Consumer<String> open) {
        return new SeriesChart(
                "Latency of tool calls",
                legend(List.of(
                        entry("p50", "--overview-p50", "solid"),
                        entry("p95", "--overview-p95", "dashed"),
                        entry("p99", "--overview-p99", "dotted"))),
                SeriesChart::latencies,
                open);
    }

    void show(Overview overview) {
        shown = overview;
        chart.show(data.apply(overview));
    }

    private Optional<String> list(int index, String series) {
        if (shown == null || index < 0 || index >= shown.series().size()) {
            return Optional.empty();
        }
        var list = listOf(shown, shown.series().get(index));
        for (var group : OutcomeGroup.values()) {
            if (word(group).equals(series)) {
                list.ended(group.outcomes());
            }
        }
        return Optional.of(list.address());
    }

    /// Of the calls in a step.
    static CallList listOf(Overview overview, Overview.Step step) {
        return CallList.between(step.at(), step.at().plus(Duration.parse(overview.step())));
    }

    private static TimeChart.Data calls(Overview overview) {
        var total = overview.total();
        var label = "Calls over time: " + Tiles.number(total.calls()) + " in all, " + Tiles.number(total.refusals())
                + " refused, " + Tiles.number(total.errors()) + " failed";
        return data(
                overview,
                label,
                "bars",
                "calls",
                List.of(
                        bars(
                                overview,
                                OutcomeGroup.SUCCEEDED,
                                step -> step.numbers().succeeded()),
                        bars(
                                overview,
                                OutcomeGroup.REFUSALS,
                                step -> step.numbers().refusals()),
                        bars(
                                overview,
                                OutcomeGroup.ERRORS,
                                step -> step.numbers().errors()),
                        bars(
                                overview,
                                OutcomeGroup.OTHERS,
                                step -> step.numbers().others())));
    }

    private static Series bars(Overview overview, OutcomeGroup group, ToLongFunction<Overview.Step> calls) {
        return new Series(
                word(group),
                word(group),
                colour(group),
                "solid",
                overview.series().stream()
                        .<@Nullable Long>map(step -> calls.applyAsLong(step))
                        .toList());
    }

    private static TimeChart.Data latencies(Overview overview) {
        var label = "Latency of tool calls over time: "
                + overview.total()
                        .latency()
                        .map(found -> "half of them within " + Moments.duration(found.p50()) + ", 95 % within "
                                + Moments.duration(found.p95()))
                        .orElse("there was none");
        return data(
                overview,
                label,
                "lines",
                "micros",
                List.of(
                        line(overview, "p50", "solid", Latency::p50),
                        line(overview, "p95", "dashed", Latency::p95),
                        line(overview, "p99", "dotted", Latency::p99)));
    }

    private static Series line(Overview overview, String name, String dash, Function<Latency, Long> value) {
        return new Series(
                name,
                name,
                "--overview-" + name,
                dash,
                Arrays.asList(overview.series().stream()
                        .map(step -> step.numbers().latency().map(value).orElse(null))
                        .toArray(Long[]::new)));
    }

    private static TimeChart.Data data(Overview overview, String label, String kind, String unit, List<Series> series) {
        return new TimeChart.Data(
                label,
                kind,
                unit,
                Duration.parse(overview.step()).toMillis(),
                overview.series().stream()
                        .map(step -> step.at().toInstant().toEpochMilli())
                        .toList(),
                series);
    }

    private static UnorderedList legend(List<ListItem> entries) {
        var legend = new UnorderedList();
        entries.forEach(legend::add);
        legend.addClassName("overview-legend");
        return legend;
    }

    private static ListItem entry(String name, String colour, String look) {
        var mark = new Span();
        mark.addClassNames("overview-mark", "overview-mark-" + look);
        mark.getStyle().set("--overview-mark", "var(" + colour + ")");
        mark.getElement().setAttribute("aria-hidden", "true");
        return new ListItem(mark, new Span(name));
    }

    static String word(OutcomeGroup group) {
        return switch (group) {
            case SUCCEEDED -> "succeeded";
            case REFUSALS -> "refused";
            case ERRORS -> "failed";
            case OTHERS -> "other";
        };
    }

    private static String colour(OutcomeGroup group) {
        return "--overview-" + group.name().toLowerCase(Locale.ROOT);
    }
}
