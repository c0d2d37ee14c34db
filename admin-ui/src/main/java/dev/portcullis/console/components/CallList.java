package dev.portcullis.console.components;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.QueryParameters;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The address of the list of tool calls behind a number, and links that do not load the page anew.
public final class CallList {
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private CallList() {}

    /// Of the calls in `[from, to)`.
    public static CallList between(OffsetDateTime from, OffsetDateTime to) {
        return new CallList().with("from", from.toString()).with("to", to.toString());
    }

    /// Of the calls since so long ago.
    ///
    /// @param period as the list has it, such as `7d`
    public static CallList ofLast(String period) {
        return new CallList().with("period", period);
    }

    /// Of the calls of the period that the list shows by itself.
    public static CallList ofLate() {
        return new CallList();
    }

    /// The same of one tool, caller or whatever `parameter` stands for.
    public CallList with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    /// The same of those that ended in one of these outcomes.
    public CallList ended(Collection<String> outcomes) {
        return with("outcome", String.join(",", outcomes));
    }

    public String address() {
        return parameters.isEmpty()
                ? "tool-calls"
                : "tool-calls?" + QueryParameters.simple(parameters).getQueryString();
    }

    public Anchor link(String text) {
        return link(address(), text);
    }

    /// A link to any address of the console.
    public static Anchor link(String address, String text) {
        var link = new Anchor(address, text);
        link.getElement().setAttribute("router-link", true);
        return link;
    }
}
