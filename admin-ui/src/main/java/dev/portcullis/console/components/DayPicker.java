package dev.portcullis.console.components;

import com.vaadin.flow.component.datepicker.DatePicker;

import java.util.Locale;

/// Asks for a day, written as all days of the console are: `2026-11-27`, whatever the browser's language is. The
/// calendar is behind its button.
public class DayPicker extends DatePicker {
    /// Swedish dates are those of ISO 8601.
    static final Locale ISO = Locale.forLanguageTag("sv");

    private static final long serialVersionUID = 1L;

    /// @param label with the zone of the day, for instance `First day (UTC)`
    public DayPicker(String label) {
        super(label);
        setLocale(ISO);
        // A calendar that opens under the first letter and is closed by Enter before it has been drawn leaves all that
        // is around it hidden from screen readers.
        setAutoOpen(false);
    }
}
