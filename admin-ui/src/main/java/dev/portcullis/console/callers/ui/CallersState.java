package dev.portcullis.console.callers.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.callers.CallerFilter;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Tab, filter and selection as they stand in the URL. What cannot be read there is left out.
///
/// @param selected the caller whose detail is open
record CallersState(Tab tab, CallerFilter filter, Optional<UUID> selected) {

    /// What is listed.
    enum Tab {
        CALLERS("callers", "Callers"),
        SESSIONS("sessions", "Active sessions"),
        REVOCATIONS("revocations", "Revocations");

        private final String inUrl;
        private final String label;

        Tab(String inUrl, String label) {
            this.inUrl = inUrl;
            this.label = label;
        }

        String label() {
            return label;
        }

        private static Optional<Tab> named(String inUrl) {
            return Arrays.stream(values())
                    .filter(tab -> tab.inUrl.equals(inUrl))
                    .findFirst();
        }
    }

    static CallersState none() {
        return new CallersState(Tab.CALLERS, CallerFilter.none(), Optional.empty());
    }

    static CallersState of(QueryParameters parameters) {
        return new CallersState(
                parameters.getSingleParameter("tab").flatMap(Tab::named).orElse(Tab.CALLERS),
                new CallerFilter(
                        parameters.getSingleParameter("text"),
                        parameters.getSingleParameter("kind"),
                        parameters.getSingleParameter("route"),
                        parameters.getSingleParameter("client")),
                parameters.getSingleParameter("caller").flatMap(CallersState::uuid));
    }

    boolean isUnfiltered() {
        return filter.equals(CallerFilter.none());
    }

    /// How many filters are set, the text apart.
    int besidesText() {
        return (int) Stream.of(filter.kind(), filter.route(), filter.client())
                .filter(Optional::isPresent)
                .count();
    }

    CallersState with(CallerFilter other) {
        return new CallersState(tab, other, selected);
    }

    CallersState with(Tab other) {
        return new CallersState(other, filter, Optional.empty());
    }

    CallersState select(Optional<UUID> other) {
        return new CallersState(tab, filter, other);
    }

    QueryParameters asParameters() {
        var parameters = new LinkedHashMap<String, String>();
        if (tab != Tab.CALLERS) {
            parameters.put("tab", tab.inUrl);
        }
        filter.text().ifPresent(value -> parameters.put("text", value));
        filter.kind().ifPresent(value -> parameters.put("kind", value));
        filter.route().ifPresent(value -> parameters.put("route", value));
        filter.client().ifPresent(value -> parameters.put("client", value));
        selected.ifPresent(id -> parameters.put("caller", id.toString()));
        return QueryParameters.simple(Map.copyOf(parameters));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
