package dev.portcullis.console.replicas.ui;

import com.vaadin.flow.router.QueryParameters;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;

/// Filter and page as they stand in the URL.
///
/// @param page from 1 on
record ReplicasState(Which which, Optional<String> text, int page) {
    private static final int MOST_DIGITS = 4;

    static ReplicasState none() {
        return new ReplicasState(Which.ALL, Optional.empty(), 1);
    }

    static ReplicasState of(QueryParameters parameters) {
        return new ReplicasState(
                parameters.getSingleParameter("show").flatMap(Which::named).orElse(Which.ALL),
                parameters.getSingleParameter("q").map(String::strip).filter(words -> !words.isEmpty()),
                parameters
                        .getSingleParameter("page")
                        .filter(number -> number.matches("[1-9][0-9]{0," + (MOST_DIGITS - 1) + "}"))
                        .map(Integer::parseInt)
                        .orElse(1));
    }

    QueryParameters asParameters() {
        var parameters = new LinkedHashMap<String, String>();
        if (which != Which.ALL) {
            parameters.put("show", which.inUrl());
        }
        text.ifPresent(words -> parameters.put("q", words));
        if (page > 1) {
            parameters.put("page", Integer.toString(page));
        }
        return QueryParameters.simple(parameters);
    }

    ReplicasState withPage(int other) {
        return new ReplicasState(which, text, other);
    }

    boolean accepts(ReplicaLine line) {
        return text.map(words -> line.name().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT)))
                        .orElse(true)
                && switch (which) {
                    case ALL -> true;
                    case BEHIND -> line.isBehind();
                    case SILENT -> !line.isAlive();
                    case DISOBEYS -> line.disobeys();
                };
    }

    /// Which replicas are shown.
    enum Which {
        ALL("All"),
        BEHIND("Behind the policy"),
        SILENT("Silent"),
        DISOBEYS("Not yet obeying a kill");

        private final String label;

        Which(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        String inUrl() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Which> named(String inUrl) {
            return Arrays.stream(values())
                    .filter(which -> which.inUrl().equals(inUrl))
                    .findFirst();
        }
    }
}
