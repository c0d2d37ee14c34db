package dev.portcullis.console.sinks.store;

import dev.portcullis.console.sinks.PlacedEvent;
import dev.portcullis.console.sinks.SinkSettings.Content;
import dev.portcullis.console.sinks.Waiting;
import dev.portcullis.console.trail.PlacedCall;
import dev.portcullis.console.trail.Places;
import dev.portcullis.console.trail.Portion;
import dev.portcullis.console.trail.query.TrailQuery;
import org.jooq.DSLContext;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// The chains that a sink is sent, in one transaction: those of exchanges, and the admin events as one
/// more.
final class SinkChains {
    private final DSLContext sql;
    private final Content only;

    SinkChains(DSLContext sql, Content only) {
        this.sql = sql;
        this.only = only;
    }

    /// The last record of each.
    Map<UUID, Long> heads() {
        return all(TrailQuery.heads(sql).sequences(), AdminEventPlaces.last(sql));
    }

    /// The place before the first record that is still there, of each.
    Map<UUID, Long> beforeFirst() {
        return all(TrailQuery.beforeFirst(sql), AdminEventPlaces.beforeFirst(sql));
    }

    private Map<UUID, Long> all(Map<UUID, Long> calls, long events) {
        var chains = new TreeMap<UUID, Long>();
        if (only.hasToolCalls()) {
            chains.putAll(calls);
        }
        if (only.hasAdminEvents()) {
            chains.put(AdminEventPlaces.CHAIN, events);
        }
        return chains;
    }

    /// What comes after the cursors. When both exchanges and admin events wait, each have half of the portion, and
    /// what the others leave; of a portion of one record it is one of both, by chance: neither waits for ever
    /// because the others cannot be sent.
    Waiting waiting(SinkCursors cursors, Portion portion) {
        var gaps = new ExplainedGaps(sql);
        List<PlacedEvent> events = only.hasAdminEvents()
                ? AdminEventPlaces.after(sql, cursors.sequence(AdminEventPlaces.CHAIN), portion.records())
                : List.of();
        List<PlacedCall> calls = List.of();
        if (only.hasToolCalls()) {
            var heads = TrailQuery.heads(sql);
            addVanished(gaps, cursors, heads);
            var left = portion.records() - Math.min(events.size(), half(portion.records()));
            calls = left > 0 ? TrailQuery.after(sql, cursors.places(), heads, portion.atMost(left)) : List.of();
        }
        events = events.subList(0, Math.min(events.size(), portion.records() - calls.size()));
        addSkipped(gaps, cursors, events, calls);
        return new Waiting(gaps.all(), events, calls);
    }

    /// With an odd one sometimes more, sometimes less.
    private static int half(int records) {
        return (records + ThreadLocalRandom.current().nextInt(2)) / 2;
    }

    /// Chains of which everything that is left is sent, and more was seen.
    private static void addVanished(ExplainedGaps gaps, SinkCursors cursors, Places heads) {
        cursors.behind().forEach((chain, seen) -> {
            var sent = cursors.sequence(chain);
            if (!chain.equals(AdminEventPlaces.CHAIN) && heads.of(chain) <= sent) {
                gaps.add(chain, sent + 1, seen);
            }
        });
    }

    private static void addSkipped(
            ExplainedGaps gaps, SinkCursors cursors, List<PlacedEvent> events, List<PlacedCall> calls) {
        var reached = new TreeMap<UUID, Long>();
        for (var event : events) {
            step(AdminEventPlaces.CHAIN, event.place(), cursors, reached, gaps);
        }
        for (var call : calls) {
            step(call.chain(), call.sequence(), cursors, reached, gaps);
        }
    }

    private static void step(
            UUID chain, long sequence, SinkCursors cursors, Map<UUID, Long> reached, ExplainedGaps gaps) {
        var before = reached.getOrDefault(chain, cursors.sequence(chain));
        if (sequence > before + 1) {
            gaps.add(chain, before + 1, sequence - 1);
        }
        reached.put(chain, sequence);
    }
}
