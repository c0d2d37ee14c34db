package dev.portcullis.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One page of a list.
///
/// @param next the cursor of the following page, absent on the last one
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Page<T>(List<T> items, Optional<String> next) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAXIMUM_LIMIT = 500;

    public Page {
        items = List.copyOf(items);
    }

    /// A page of up to `limit` rows made of up to `limit + 1` rows that were fetched.
    public static <T> Page<T> of(List<T> fetched, int limit, Function<T, String> cursor) {
        if (fetched.size() <= limit) {
            return new Page<>(fetched, Optional.empty());
        }
        var items = fetched.subList(0, limit);
        return new Page<>(items, Optional.of(cursor.apply(items.getLast())));
    }

    /// Checks what a client asked for.
    public static int checkLimit(int limit) {
        if (limit < 1 || limit > MAXIMUM_LIMIT) {
            throw new BadRequestException("limit: " + limit + " (expected: 1 to " + MAXIMUM_LIMIT + ")");
        }
        return limit;
    }
}
