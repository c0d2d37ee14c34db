package dev.portcullis.proxy.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.proxy.binding.Holder;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What the tools of each route are, as their upstreams list them.
///
/// Nothing here waits, and all of it may be called from event loops. Of a route at most [#MOST_TOOLS]
/// tools are known; a tool beyond is judged by the list it stands in, and is unseen when it is called by
/// somebody who was not shown it here.
public final class ToolCatalog {
    static final int MOST_TOOLS = 5_000;

    private static final int LONGEST_NAME = 256;
    private static final int MOST_SHOWN = 100_000;

    private final Clock clock;
    private final Map<String, Map<String, KnownTool>> routes = new ConcurrentHashMap<>();
    private final Discoveries discoveries = new Discoveries();
    private final LongAdder dropped = new LongAdder();
    private final Cache<Shown, ListedTool> shown = Caffeine.newBuilder()
            .maximumSize(MOST_SHOWN)
            .expireAfterAccess(Duration.ofDays(1))
            .build();

    public ToolCatalog(Clock clock) {
        this.clock = clock;
    }

    /// What a caller was shown under a name.
    private record Shown(Holder holder, String tool) {}

    /// Learns from a list that is on its way to a caller, before anything is taken out of it.
    ///
    /// @param holder the caller, on the route
    public void listed(Holder holder, List<ToolDefinition> tools) {
        var now = clock.instant();
        for (var tool : tools) {
            show(new Shown(holder, tool.name()), tool.listed());
            if (isNameable(tool.name())) {
                learn(holder.route(), tool, now);
            } else {
                dropped.increment();
            }
        }
    }

    /// The tool as the last list for this caller described it; else as all lists of the route do. Unseen when
    /// they differ, so that what one caller is shown opens nothing for another.
    public ListedTool tool(Holder holder, String name) {
        return Optional.ofNullable(shown.getIfPresent(new Shown(holder, name)))
                .or(() -> known(holder.route(), name).flatMap(KnownTool::agreed))
                .orElseGet(() -> ListedTool.unseen(name));
    }

    /// How many tools are known.
    public long size() {
        return routes.values().stream().mapToLong(Map::size).sum();
    }

    /// How many times a definition could not be kept.
    public long dropped() {
        return dropped.sum();
    }

    /// Takes over what another replica, or an earlier run, has seen.
    void noted(String route, ListedTool tool, Instant firstSeen, Instant lastSeen) {
        var known = room(route, tool.name());
        known.ifPresent(found -> found.definition(tool.definition().orElseThrow())
                .ifPresentOrElse(
                        definition -> definition.noted(lastSeen),
                        () -> found.add(new KnownDefinition(tool, firstSeen, lastSeen))));
    }

    Discoveries discoveries() {
        return discoveries;
    }

    /// What was seen since this was last asked, of definitions that were known.
    List<Sighting> takeSightings() {
        var sightings = new ArrayList<Sighting>();
        routes.forEach((route, tools) -> tools.forEach((name, tool) -> {
            for (var definition : tool.definitions()) {
                definition
                        .takeUnsaved()
                        .ifPresent(listings ->
                                sightings.add(new Sighting(route, name, definition, definition.lastSeen(), listings)));
            }
        }));
        return sightings;
    }

    /// Forgets a definition that the database does not keep, so that it is discovered again.
    void forget(Sighting sighting) {
        known(sighting.route(), sighting.tool())
                .ifPresent(tool -> tool.forget(sighting.definition().hash()));
    }

    /// Most lists say what the one before said, and looking is cheaper than writing.
    private void show(Shown where, ListedTool tool) {
        if (!tool.equals(shown.getIfPresent(where))) {
            shown.put(where, tool);
        }
    }

    private void learn(String route, ToolDefinition tool, Instant now) {
        var known = room(route, tool.name());
        var definition = known.flatMap(found -> found.definition(tool.hash()));
        if (definition.isPresent()) {
            definition.get().listed(now);
        } else if (known.isPresent() && known.get().hasRoom(now) && discoveries.offer(Discovery.of(route, tool, now))) {
            known.get().add(new KnownDefinition(tool.listed(), now, now));
        } else {
            known.ifPresent(found -> found.turnedAway(now));
            dropped.increment();
        }
    }

    private Optional<KnownTool> known(String route, String name) {
        return Optional.ofNullable(routes.getOrDefault(route, Map.of()).get(name));
    }

    /// The tool, known from now on; absent when there are too many.
    private Optional<KnownTool> room(String route, String name) {
        var tools = routes.computeIfAbsent(route, unknown -> new ConcurrentHashMap<>());
        var known = tools.get(name);
        return known != null || tools.size() < MOST_TOOLS
                ? Optional.of(tools.computeIfAbsent(name, unknown -> new KnownTool()))
                : Optional.empty();
    }

    /// Whether a call could ever name it, and the database keep it.
    private static boolean isNameable(String name) {
        return !name.isEmpty()
                && name.codePointCount(0, name.length()) <= LONGEST_NAME
                && name.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
