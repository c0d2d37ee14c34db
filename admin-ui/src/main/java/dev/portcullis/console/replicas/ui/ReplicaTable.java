package dev.portcullis.console.replicas.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.DataTable;
import dev.portcullis.console.components.QuietText;
import dev.portcullis.console.components.Tone;

import java.util.List;
import java.util.stream.IntStream;

/// One row for each replica of a page; a row is sent again only when it has changed.
final class ReplicaTable extends Div {
    private static final long serialVersionUID = 1L;

    private final DataTable table =
            new DataTable("Replicas", "Replica", "State", "Policy", "Kills obeyed", "Records in the trail", "Started");
    private transient List<NativeTableRow> rows = List.of();
    private transient List<ReplicaLine> shown = List.of();

    ReplicaTable() {
        add(table);
    }

    void show(List<ReplicaLine> lines) {
        if (names(lines).equals(names(shown)) && rows.size() == lines.size()) {
            for (var number = 0; number < lines.size(); number++) {
                if (!lines.get(number).equals(shown.get(number))) {
                    table.fill(rows.get(number), cells(lines.get(number)));
                }
            }
        } else {
            table.clear();
            rows = lines.stream().map(line -> table.row(cells(line))).toList();
        }
        shown = lines;
    }

    private static List<String> names(List<ReplicaLine> lines) {
        return IntStream.range(0, lines.size())
                .mapToObj(number -> lines.get(number).name())
                .toList();
    }

    private static Component[] cells(ReplicaLine line) {
        var name = new Span(line.name());
        name.addClassNames("mono", "replicas-name");
        return new Component[] {
            name,
            chips(
                    line.isAlive() ? new Chip("alive", Tone.GOOD) : new Chip("silent", Tone.BAD),
                    new QuietText(line.heard())),
            line.isBehind() ? chips(new Span(line.version()), new Chip("behind", Tone.BAD)) : new Span(line.version()),
            line.disobeys()
                    ? chips(new Span(line.kills()), new Chip("no answer yet", Tone.BAD), new QuietText(line.obeyed()))
                    : chips(new Span(line.kills()), new QuietText(line.obeyed())),
            DataTable.lines(line.records(), line.signed(), line.room()),
            new Span(line.started())
        };
    }

    private static Component chips(Component... parts) {
        var chips = new Div(parts);
        chips.addClassName("chips");
        return chips;
    }
}
