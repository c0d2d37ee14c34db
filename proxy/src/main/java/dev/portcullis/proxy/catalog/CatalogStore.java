package dev.portcullis.proxy.catalog;

import dev.portcullis.proxy.sync.Database;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Writes to `gateway.tools` and `gateway.tool_definitions`. It keeps one connection, and opens another
/// after trouble. One thread writes; [#abort] may come from another.
final class CatalogStore {
    /// How many definitions of a tool are kept, besides those that were reviewed.
    static final int MOST_DEFINITIONS = 20;

    // In plain SQL: PostgreSQL makes many rows from arrays, and jOOQ does not.
    private static final String INSERT_TOOLS = """
            insert into gateway.tools (route, name, first_seen_at, last_seen_at, listings)
            select route, tool, min(at), max(at), count(*)
            from unnest(?::text[], ?::text[], ?::timestamptz[]) as found (route, tool, at)
            group by route, tool
            order by route, tool
            on conflict (route, name) do update
            set last_seen_at = greatest(tools.last_seen_at, excluded.last_seen_at),
                listings = tools.listings + excluded.listings""";

    private static final String INSERT_DEFINITIONS = """
            insert into gateway.tool_definitions
                (route, tool, definition, read_only_hint, text, characters, first_seen_at, last_seen_at, listings)
            select route, tool, definition, bool_and(hint), min(text), min(characters), min(at), max(at), count(*)
            from unnest(?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::int[], ?::timestamptz[])
                as found (route, tool, definition, hint, text, characters, at)
            group by route, tool, definition
            order by route, tool, definition
            on conflict (route, tool, definition) do update
            set last_seen_at = greatest(tool_definitions.last_seen_at, excluded.last_seen_at),
                listings = tool_definitions.listings + excluded.listings""";

    private static final String PRUNE = """
            delete from gateway.tool_definitions old
            using (
                select route, tool, definition,
                       row_number() over (partition by route, tool order by last_seen_at desc, definition) as age
                from gateway.tool_definitions
                where (route, tool) in (select distinct * from unnest(?::text[], ?::text[]))
                and reviewed_at is null
            ) ranked
            where ranked.age > ? and (old.route, old.tool, old.definition) =
                (ranked.route, ranked.tool, ranked.definition)""";

    private static final String NOTE_TOOLS = """
            update gateway.tools set last_seen_at = greatest(last_seen_at, seen.at), listings = tools.listings + seen.listings
            from (
                select route, tool, max(at) as at, sum(listings) as listings
                from unnest(?::text[], ?::text[], ?::timestamptz[], ?::bigint[]) as one (route, tool, at, listings)
                group by route, tool
            ) seen
            where tools.route = seen.route and tools.name = seen.tool""";

    private static final String NOTE_DEFINITIONS = """
            update gateway.tool_definitions known
            set last_seen_at = greatest(known.last_seen_at, seen.at), listings = known.listings + seen.listings
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::bigint[])
                as seen (route, tool, definition, at, listings)
            where (known.route, known.tool, known.definition) = (seen.route, seen.tool, seen.definition)
            returning known.route, known.tool, known.definition""";

    private final Database database;
    private volatile Optional<Connection> connection = Optional.empty();

    CatalogStore(Database database) {
        this.database = database;
    }

    private record Key(String route, String tool, String definition) {}

    /// Writes new definitions, all or none, and lets go of the oldest of tools that have too many.
    void add(List<Discovery> found) throws SQLException {
        sql().transaction(transaction -> {
            var sql = transaction.dsl();
            var routes = texts(found, Discovery::route);
            var names = texts(found, Discovery::tool);
            var times = times(found, Discovery::at);
            sql.execute(INSERT_TOOLS, routes, names, times);
            sql.execute(
                    INSERT_DEFINITIONS,
                    routes,
                    names,
                    texts(found, Discovery::definition),
                    found.stream().map(one -> one.readOnlyHint().orElse(null)).toArray(Boolean[]::new),
                    found.stream().map(one -> one.text().orElse(null)).toArray(String[]::new),
                    found.stream().map(Discovery::characters).toArray(Integer[]::new),
                    times);
            sql.execute(PRUNE, routes, names, MOST_DEFINITIONS);
        });
    }

    /// Writes that known definitions were seen again.
    ///
    /// @return those that are not kept any more
    List<Sighting> note(List<Sighting> seen) throws SQLException {
        var kept = sql().transactionResult(transaction -> {
            var routes = texts(seen, Sighting::route);
            var names = texts(seen, Sighting::tool);
            var times = times(seen, Sighting::at);
            var listings = seen.stream().map(Sighting::listings).toArray(Long[]::new);
            transaction.dsl().execute(NOTE_TOOLS, routes, names, times, listings);
            var keys = new HashSet<Key>();
            transaction
                    .dsl()
                    .fetch(
                            NOTE_DEFINITIONS,
                            routes,
                            names,
                            texts(seen, one -> one.definition().hash()),
                            times,
                            listings)
                    .forEach(row -> keys.add(
                            new Key(row.get(0, String.class), row.get(1, String.class), row.get(2, String.class))));
            return (Set<Key>) keys;
        });
        return seen.stream()
                .filter(one -> !kept.contains(
                        new Key(one.route(), one.tool(), one.definition().hash())))
                .toList();
    }

    /// Breaks off what is being written, and begins anew with the next statement.
    void abort() {
        connection.ifPresent(broken -> {
            try {
                broken.abort(Runnable::run);
            } catch (SQLException ignored) {
                // It is gone already.
            }
        });
        connection = Optional.empty();
    }

    private DSLContext sql() throws SQLException {
        var open = connection;
        if (open.isEmpty()) {
            open = Optional.of(database.connect());
            connection = open;
        }
        return DSL.using(open.get(), SQLDialect.POSTGRES);
    }

    private static <T> @Nullable String[] texts(List<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static <T> OffsetDateTime[] times(List<T> rows, Function<T, Instant> column) {
        return rows.stream()
                .map(row -> column.apply(row).atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
