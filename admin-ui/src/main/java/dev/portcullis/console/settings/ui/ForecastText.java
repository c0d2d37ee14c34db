package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.console.components.QuietText;
import dev.portcullis.console.storage.Forecast;
import dev.portcullis.console.storage.Forecast.Going;

import java.util.Locale;

/// Says what the next run of the maintenance would drop.
final class ForecastText extends Div {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 12;

    ForecastText(Forecast forecast) {
        addClassName("settings-forecast");
        getElement().setAttribute("role", "status");
        var sentence = new Paragraph(sentence(forecast));
        add(sentence);
        var parts = forecast.parts();
        if (!parts.isEmpty()) {
            sentence.addClassName("settings-warning");
            var list = new UnorderedList();
            list.addClassName("settings-list");
            parts.stream().limit(MOST).forEach(part -> list.add(new ListItem(words(part))));
            if (parts.size() > MOST) {
                list.add(new ListItem("and " + (parts.size() - MOST) + " more"));
            }
            add(list);
        }
        if (!isCertain(forecast)) {
            add(new Paragraph(new QuietText("Whose records all of these have takes long to find out: one stays if"
                    + " somebody among them keeps records for longer.")));
        }
        if (!forecast.held().isEmpty()) {
            add(new Paragraph(
                    new QuietText("Legal holds keep " + parts(forecast.held().size()) + " that would go, too.")));
        }
    }

    private static String sentence(Forecast forecast) {
        if (forecast.parts().isEmpty()) {
            return "Nothing is old enough to be dropped at the next run of the maintenance.";
        }
        return "The next run of the maintenance, within the hour, drops "
                + (isCertain(forecast) ? "" : "up to ")
                + parts(forecast.parts().size()) + " " + records(forecast) + ". They are gone for ever.";
    }

    private static String records(Forecast forecast) {
        var counted = forecast.parts().stream()
                .filter(part -> part.records().isPresent())
                .count();
        if (counted == 0) {
            return "whose records the database has not counted yet";
        }
        return "with about " + String.format(Locale.ROOT, "%,d", forecast.records()) + " records"
                + (counted == forecast.parts().size() ? "" : ", and those that the database has not counted yet");
    }

    private static boolean isCertain(Forecast forecast) {
        return forecast.parts().stream().allMatch(Going::certain);
    }

    private static String words(Going part) {
        var last = part.ends().minusSeconds(1).toLocalDate();
        return part.starts().toLocalDate() + " to " + last + (part.certain() ? "" : " (perhaps)");
    }

    private static String parts(int count) {
        return count == 1 ? "1 part" : count + " parts";
    }
}
