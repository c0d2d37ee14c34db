package dev.portcullis.console.components;

import com.vaadin.flow.component.select.Select;
import dev.portcullis.console.ends.Ending;

import java.util.function.Consumer;

/// Chooses among things by their end. It only says what is wanted; the view puts that into the URL, and shows it from
/// there.
public final class EndSelect extends Select<Ending> {
    private static final long serialVersionUID = 1L;

    public EndSelect(String label, Consumer<Ending> wanted) {
        setLabel(label);
        setItems(Ending.values());
        setItemLabelGenerator(EndSelect::words);
        setValue(Ending.ALL);
        addValueChangeListener(change -> {
            if (change.isFromClient()) {
                wanted.accept(change.getValue());
            }
        });
    }

    private static String words(Ending ending) {
        return switch (ending) {
            case ALL -> "All";
            case EXPIRING -> "Ending within 14 days";
            case ENDED -> "Ended";
        };
    }
}
