package dev.portcullis.console.overview.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.overview.OutcomeGroup;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/// The address of the list of tool calls behind a number.
final class CallList {
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private CallList() {}

    /// Of the calls in `[from, to)`.
    static CallList between(OffsetDateTime from, OffsetDateTime to) {
        return new CallList().with("from", from.toString()).with("to", to.toString());
    }

    /// The same of one tool, caller or whatever `parameter` stands for.
    CallList with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    /// The same of those that ended in one of these outcomes.
    CallList ended(OutcomeGroup group) {
        parameters.put("outcome", String.join(",", group.outcomes()));
        return this;
    }

    String address() {
        return "tool-calls?" + QueryParameters.simple(parameters).getQueryString();
    }

    /// A link that does not load the page anew.
    static Anchor link(String address, String text) {
        var link = new Anchor(address, text);
        link.getElement().setAttribute("router-link", true);
        return link;
    }
}
