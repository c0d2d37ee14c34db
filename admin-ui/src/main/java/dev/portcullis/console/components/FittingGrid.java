package dev.portcullis.console.components;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.function.SerializableFunction;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The list of a [DetailLayout]: columns where there is room, one card a row where there is not.
///
/// @param <T> what a row is about
public abstract class FittingGrid<T> extends Grid<T> {
    private static final long serialVersionUID = 1L;

    /// Below this many pixels a row becomes a card; beside an open detail there must be more.
    private static final int NARROW = 800;

    private final String name;
    private final int narrowBesideDetail;
    private transient Optional<Column<T>> card = Optional.empty();
    private transient List<Column<T>> columns = List.of();
    private int browserWidth = Integer.MAX_VALUE;
    private boolean besideDetail;

    /// @param name what is listed
    /// @param narrowBesideDetail below how many pixels a row becomes a card beside an open detail
    /// @param pageSize how many rows are fetched at once
    protected FittingGrid(String name, int narrowBesideDetail, int pageSize) {
        super(pageSize);
        this.name = name;
        this.narrowBesideDetail = narrowBesideDetail;
        addClassName("fitting-grid");
        addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_COMPACT);
        getElement().setAttribute("aria-label", name);
    }

    /// What a row is where there is no room for columns; comes before they are added.
    protected void asCards(SerializableFunction<T, Component> row) {
        card = Optional.of(addColumn(new ComponentRenderer<Component, T>(row)).setHeader(name));
    }

    /// A card of these lines.
    protected static Div card(Component... lines) {
        var card = new Div(lines);
        card.addClassName("fitting-card");
        return card;
    }

    /// What a row is where there is room.
    protected void asColumns(List<Column<T>> added) {
        columns = List.copyOf(added);
        columns.forEach(column -> column.setResizable(true));
    }

    /// Told of the row that somebody has chosen, by a click or by the keyboard.
    protected void onChoice(Consumer<T> open) {
        addSelectionListener(event ->
                event.getFirstSelectedItem().filter(_ -> event.isFromClient()).ifPresent(open));
    }

    /// Chooses columns or cards for the browser's width, now and whenever it changes.
    public void fitTo(Page page) {
        resized(page.getExtendedClientDetails().getWindowInnerWidth());
        page.addBrowserWindowResizeListener(event -> resized(event.getWidth()));
    }

    /// Whether the list shares the screen with a detail.
    public void setBesideDetail(boolean besideDetail) {
        this.besideDetail = besideDetail;
        fit();
    }

    /// Marks the row whose detail is open, when it is listed.
    protected void mark(Optional<T> row) {
        row.ifPresentOrElse(this::select, this::deselectAll);
    }

    private void resized(int width) {
        browserWidth = width > 0 ? width : Integer.MAX_VALUE;
        fit();
    }

    private void fit() {
        var narrow = browserWidth < (besideDetail ? narrowBesideDetail : NARROW);
        card.ifPresent(column -> column.setVisible(narrow));
        columns.forEach(column -> column.setVisible(!narrow));
    }
}
