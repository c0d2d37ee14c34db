package dev.portcullis.console.keys.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.keys.ApiKeyCursor;
import dev.portcullis.console.keys.ApiKeyFilter;
import dev.portcullis.console.keys.ApiKeyFilter.Standing;

import java.util.LinkedHashMap;
import java.util.Optional;

/// Filter and page as they stand in the URL.
record KeysState(ApiKeyFilter filter, Optional<ApiKeyCursor> after) {

    static KeysState none() {
        return new KeysState(ApiKeyFilter.of(Standing.CURRENT), Optional.empty());
    }

    static KeysState of(QueryParameters parameters) {
        return new KeysState(
                new ApiKeyFilter(
                        parameters.getSingleParameter("q"),
                        parameters.getSingleParameter("route"),
                        parameters
                                .getSingleParameter("state")
                                .flatMap(Standing::named)
                                .orElse(Standing.CURRENT)),
                parameters.getSingleParameter("after").flatMap(ApiKeyCursor::decode));
    }

    /// From the first page on.
    static KeysState of(ApiKeyFilter filter) {
        return new KeysState(filter, Optional.empty());
    }

    KeysState behind(ApiKeyCursor last) {
        return new KeysState(filter, Optional.of(last));
    }

    boolean isFiltered() {
        return !filter.equals(none().filter());
    }

    /// How many filters are set, the text apart.
    int besidesText() {
        return (filter.route().isPresent() ? 1 : 0) + (filter.standing() == Standing.CURRENT ? 0 : 1);
    }

    QueryParameters asParameters() {
        var parameters = new LinkedHashMap<String, String>();
        filter.text().ifPresent(text -> parameters.put("q", text));
        filter.route().ifPresent(route -> parameters.put("route", route));
        if (filter.standing() != Standing.CURRENT) {
            parameters.put("state", filter.standing().wireName());
        }
        after.ifPresent(cursor -> parameters.put("after", cursor.encode()));
        return QueryParameters.simple(parameters);
    }
}
