package dev.portcullis.console.overview.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import dev.portcullis.console.components.CallList;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.overview.OutcomeGroup;
import dev.portcullis.console.overview.Overview;
import dev.portcullis.console.overview.Overview.Latency;

import java.util.List;
import java.util.function.Function;

/// The charts' numbers for who reads rather than looks: a row for each step with calls, the newest first.
final class StepTable extends Div {
    private static final long serialVersionUID = 1L;

    private final NativeTable table = new NativeTable();

    StepTable() {
        addClassNames("panel", "overview-table");
        getElement().setAttribute("tabindex", "0");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", "Numbers by time");
        add(new H2("Numbers by time"), table);
    }

    void show(Overview overview) {
        table.removeAll();
        var head = new NativeTableRow();
        List.of("From (UTC)", "Calls", "Refused", "Failed", "p50", "p95", "p99")
                .forEach(name -> head.add(heading(name)));
        table.getHead().add(head);
        overview.series().reversed().stream()
                .filter(step -> step.numbers().calls() > 0)
                .forEach(step -> table.getBody().add(row(overview, step)));
    }

    private static NativeTableHeaderCell heading(String name) {
        var cell = new NativeTableHeaderCell(name);
        cell.getElement().setAttribute("scope", "col");
        return cell;
    }

    private static NativeTableRow row(Overview overview, Overview.Step step) {
        var numbers = step.numbers();
        var row = new NativeTableRow();
        var time = new NativeTableHeaderCell(Moments.toTheSecond(step.at()).replace(":00 UTC", ""));
        time.getElement().setAttribute("scope", "row");
        row.add(
                time,
                cell(link(SeriesChart.listOf(overview, step), numbers.calls())),
                cell(link(
                        SeriesChart.listOf(overview, step).ended(OutcomeGroup.REFUSALS.outcomes()),
                        numbers.refusals())),
                cell(link(SeriesChart.listOf(overview, step).ended(OutcomeGroup.ERRORS.outcomes()), numbers.errors())),
                latency(numbers, Latency::p50),
                latency(numbers, Latency::p95),
                latency(numbers, Latency::p99));
        return row;
    }

    private static Component link(CallList list, long calls) {
        return CallList.link(list.address(), Tiles.number(calls));
    }

    private static NativeTableCell cell(Component content) {
        return new NativeTableCell(content);
    }

    private static NativeTableCell latency(Overview.Numbers numbers, Function<Latency, Long> part) {
        return new NativeTableCell(
                numbers.latency().map(part).map(Moments::duration).orElse(""));
    }
}
