package dev.portcullis.console.kills.ui;

import com.vaadin.flow.component.textfield.TextField;

import java.util.Arrays;
import java.util.List;

/// Names that people write one after the other, with commas between.
final class Names {
    private Names() {}

    static List<String> in(TextField field) {
        return Arrays.stream(field.getValue().split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
