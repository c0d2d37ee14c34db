package dev.portcullis.console.toolcalls.query;

import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.policy.query.KnownNamesQuery;
import dev.portcullis.console.toolcalls.ToolCallFilter;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntConsumer;

import javax.sql.DataSource;

/// Every question that the console puts to the trail, each in the words of the code that really asks.
final class TrailQueries {
    private static final int PAGE = 51;
    private static final int REPLAYED = 500;
    private static final UUID MIDDLE = new UUID(0x8000_0000_0000_0000L, 0);

    /// How long somebody waits for a page.
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ToolCallQuery calls;
    private final RecordQuery records;
    private final KnownNamesQuery names;
    private final GeneratedTrail trail;

    TrailQueries(DataSource database, GeneratedTrail trail) {
        var borders = new TrailBorders(database, Clock.systemUTC());
        var walk = new TrailWalk(borders, Clock.systemUTC());
        this.calls = new ToolCallQuery(database, walk);
        this.records = new RecordQuery(database, walk, borders);
        this.names = new KnownNamesQuery(database, walk);
        this.trail = trail;
    }

    /// By name; each is asked with a number that varies what it asks for.
    Map<String, IntConsumer> all() {
        var id = calls.list(ToolCallFilter.all(), behind(0.4), 1, PATIENCE, true)
                .items()
                .getFirst()
                .id();
        var all = new LinkedHashMap<String, IntConsumer>();
        all.put("newest", _ -> calls.summaries(ToolCallFilter.all(), Optional.empty(), PAGE, PATIENCE));
        all.put("behind a cursor", i -> list(ToolCallFilter.all(), behind(part(i))));
        all.put("of a time", i -> list(during(part(i)), Optional.empty()));
        all.put("by route", i -> list(named("port-us", null, null, null, null), behind(part(i))));
        all.put("by tool", i -> list(named(null, "tool-" + i % 50, null, null, null), behind(part(i))));
        all.put("by caller", i -> list(named(null, null, "user-" + i % 2000, null, null), behind(part(i))));
        all.put("by outcome", i -> list(named(null, null, null, "denied", null), behind(part(i))));
        all.put("by decision", i -> list(named(null, null, null, null, "denied"), behind(part(i))));
        all.put("allowed", i -> list(named(null, null, null, null, "allowed"), behind(part(i))));
        all.put(
                "by route, tool and outcome",
                i -> list(named("port-eu", "tool-" + i % 50, null, "denied", null), behind(part(i))));
        all.put("rare caller", _ -> list(named(null, null, GeneratedTrail.RARE_CALLER, null, null), Optional.empty()));
        all.put(
                "retired tool",
                _ -> list(named(null, GeneratedTrail.RETIRED_TOOL, null, null, null), Optional.empty()));
        all.put(
                "never together",
                _ -> list(
                        named("slack", GeneratedTrail.RETIRED_TOOL, GeneratedTrail.RARE_CALLER, "denied", null),
                        Optional.empty()));
        all.put(
                "common but never together",
                _ -> list(named("port-eu", null, null, "tool_error", "denied"), Optional.empty()));
        all.put("nobody", _ -> list(named(null, null, "nobody", null, null), Optional.empty()));
        all.put(
                "anything newer",
                _ -> calls.summaries(
                        named("slack", null, "nobody", null, null).notBefore(trail.at(0.999)),
                        Optional.empty(),
                        1,
                        PATIENCE));
        all.put("one step of an export", i -> calls.list(ToolCallFilter.all(), behind(part(i)), 1_000, PATIENCE, true));
        all.put("one by id", _ -> calls.byId(id, true).orElseThrow());
        all.put("one by an id without a time", i -> calls.byId(new UUID(0x4000L, i), true));
        all.put("one for a replay", _ -> records.byId(id).orElseThrow());
        all.put(
                "page of a replay",
                i -> records.page(trail.at(part(i)).toInstant(), trail.at(1).toInstant(), Optional.empty(), REPLAYED));
        all.put("names to filter by", _ -> calls.seen());
        all.put("names for validation", _ -> names.names());
        return all;
    }

    private void list(ToolCallFilter filter, Optional<PageCursor> after) {
        calls.list(filter, after, PAGE, PATIENCE, true);
    }

    /// Anywhere but in the first tenth.
    private static double part(int number) {
        return 0.1 + 0.9 * ((number * 37) % 100) / 100;
    }

    private Optional<PageCursor> behind(double part) {
        return Optional.of(new PageCursor(trail.at(part), MIDDLE));
    }

    private ToolCallFilter during(double part) {
        return filter(null, null, null, null, null, Optional.of(trail.at(part - 0.01)), Optional.of(trail.at(part)));
    }

    private static ToolCallFilter named(
            @Nullable String route,
            @Nullable String tool,
            @Nullable String caller,
            @Nullable String outcome,
            @Nullable String decision) {
        return filter(route, tool, caller, outcome, decision, Optional.empty(), Optional.empty());
    }

    private static ToolCallFilter filter(
            @Nullable String route,
            @Nullable String tool,
            @Nullable String caller,
            @Nullable String outcome,
            @Nullable String decision,
            Optional<OffsetDateTime> from,
            Optional<OffsetDateTime> to) {
        return new ToolCallFilter(
                Optional.ofNullable(route),
                Optional.ofNullable(tool),
                Optional.ofNullable(caller),
                Optional.ofNullable(outcome),
                Optional.ofNullable(decision),
                from,
                to);
    }
}
