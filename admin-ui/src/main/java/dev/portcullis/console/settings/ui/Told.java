package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/// What somebody is told after the fact.
final class Told {
    private static final int MILLIS = 6_000;

    private Told() {}

    /// What they wanted to change is not what they saw any more.
    static void somebodyElse(String sentence) {
        var note = Notification.show(sentence, MILLIS, Notification.Position.BOTTOM_START);
        note.addThemeVariants(NotificationVariant.LUMO_WARNING);
    }

    static void trouble(String sentence) {
        var note = Notification.show(sentence, MILLIS, Notification.Position.BOTTOM_START);
        note.addThemeVariants(NotificationVariant.LUMO_ERROR);
    }
}
