package dev.portcullis.console.components;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;

import java.util.List;

/// A table of one page of things, dense on a wide screen; on a narrow one each row is a card that names its values.
@StyleSheet("data-table.css")
public final class DataTable extends Div {
    private static final long serialVersionUID = 1L;

    private final List<String> columns;
    private final NativeTableBody body;

    /// @param name for those who do not see where the table stands
    public DataTable(String name, String... columns) {
        this.columns = List.of(columns);
        addClassName("data-table");
        var table = new NativeTable();
        // On a narrow screen rows are laid out as blocks, which would take their meaning away.
        role(table, "table");
        table.getElement().setAttribute("aria-label", name);
        var head = table.getHead();
        role(head, "rowgroup");
        var titles = head.addRow();
        role(titles, "row");
        this.columns.forEach(column -> {
            var cell = titles.addHeaderCell();
            role(cell, "columnheader");
            cell.getElement().setAttribute("scope", "col");
            cell.setText(column);
        });
        body = table.getBody();
        role(body, "rowgroup");
        add(table);
    }

    public void clear() {
        body.removeAll();
    }

    /// @param cells one for each column
    public NativeTableRow row(Component... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("cells: " + cells.length + " (expected: " + columns.size() + ")");
        }
        var row = body.addRow();
        role(row, "row");
        fill(row, cells);
        return row;
    }

    /// Shows other cells in a row of this table.
    public void fill(NativeTableRow row, Component... cells) {
        row.removeAll();
        for (var number = 0; number < cells.length; number++) {
            var cell = row.addDataCell();
            role(cell, "cell");
            cell.getElement().setAttribute("data-label", columns.get(number));
            cell.add(cells[number]);
        }
    }

    /// A text with a quieter one below it.
    public static Div lines(String first, String... below) {
        var lines = new Div(new Span(first));
        for (var text : below) {
            var line = new Span(text);
            line.addClassName("secondary");
            lines.add(line);
        }
        lines.addClassName("data-table-lines");
        return lines;
    }

    private static void role(Component component, String role) {
        component.getElement().setAttribute("role", role);
    }
}
