package dev.portcullis.console.toolcalls.ui;

import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.toolcalls.ToolCallFilter;
import dev.portcullis.console.toolcalls.ToolCallService;
import dev.portcullis.console.toolcalls.ToolCallSummary;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/// The rows a list has fetched so far, by key and never by offset: scrolling down costs the same at the
/// millionth row.
///
/// A screen holds at most [#MOST_ROWS] of them; whoever wants older ones narrows the filter. Nothing is
/// ever counted: the list grows a page ahead of what has been looked at.
final class ToolCallPages {
    static final int MOST_ROWS = 5_000;

    private static final int STEP = 100;

    /// How long after its beginning an exchange may come to be on record.
    private static final Duration LATE = Duration.ofHours(1);

    private final ToolCallService calls;
    private final ToolCallFilter filter;
    private final List<ToolCallSummary> rows = new ArrayList<>();
    private final OffsetDateTime opened = OffsetDateTime.now(ZoneOffset.UTC);
    private Optional<PageCursor> place = Optional.empty();
    private boolean complete;
    private boolean paused;

    ToolCallPages(ToolCallService calls, ToolCallFilter filter) {
        this.calls = calls;
        this.filter = filter;
        fetchTo(1);
    }

    List<ToolCallSummary> rows(int offset, int limit) {
        fetchTo(offset + limit);
        var end = Math.min(offset + limit, rows.size());
        return offset < end ? List.copyOf(rows.subList(offset, end)) : List.of();
    }

    /// The row before this one, which is newer, when both are known.
    Optional<ToolCallSummary> newerThan(UUID id) {
        var place = place(id);
        return place > 0 ? Optional.of(rows.get(place - 1)) : Optional.empty();
    }

    /// The row behind this one.
    Optional<ToolCallSummary> olderThan(UUID id) {
        var place = place(id);
        return place < 0 ? Optional.empty() : rows(place + 1, 1).stream().findFirst();
    }

    private int place(UUID id) {
        return IntStream.range(0, rows.size())
                .filter(row -> rows.get(row).id().equals(id))
                .findFirst()
                .orElse(-1);
    }

    /// How many rows are known.
    int size() {
        return rows.size();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /// Whether the search stopped before it found what was asked for, so that nobody waits without knowing.
    boolean isPaused() {
        return paused;
    }

    /// Searches further back.
    void goOn() {
        paused = false;
        fetchTo(rows.size() + 1);
    }

    /// Looks no further back than it must, for nothing newer may be as rare as it likes.
    boolean isOutdated() {
        var known = rows.isEmpty() ? opened.minus(LATE) : rows.getFirst().occurredAt();
        var newest = calls.summaries(filter.notBefore(known), Optional.empty(), 1);
        return !newest.isEmpty()
                && (rows.isEmpty()
                        || !newest.getFirst().id().equals(rows.getFirst().id()));
    }

    private void fetchTo(int end) {
        while (!complete && !paused && rows.size() < end) {
            var step = calls.browse(filter, place, STEP);
            rows.addAll(step.items());
            place = step.next();
            complete = place.isEmpty() || rows.size() >= MOST_ROWS;
            paused = !complete && step.items().size() < STEP;
        }
    }
}
