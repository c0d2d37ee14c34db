package dev.portcullis.console.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.policy.recorded.RecordedExchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Counts exchanges by route, caller, what they were about, and rule. Bounded: what has no place among
/// the groups is still counted. Not thread-safe.
public final class Groups {
    private static final int MOST = 10_000;
    private static final int MOST_SHOWN = 500;

    private final int samples;
    private final Map<Key, Count> counts = new HashMap<>();
    private long exchanges;
    private long ungrouped;

    Groups(int samples) {
        this.samples = samples;
    }

    private record Key(
            Optional<String> route,
            Optional<String> caller,
            Optional<String> method,
            Optional<String> tool,
            String rule) {}

    private static final class Count {
        private long exchanges;
        private final List<UUID> samples = new ArrayList<>();
    }

    /// One group.
    ///
    /// @param samples the first exchanges of it
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Group(
            Optional<String> route,
            Optional<String> caller,
            Optional<String> method,
            Optional<String> tool,
            String rule,
            long count,
            List<UUID> samples) {
        public Group {
            samples = List.copyOf(samples);
        }
    }

    /// @param count how many exchanges; one that several rules refuse is in several groups
    /// @param groups the largest first
    /// @param moreGroups how many there are beside
    /// @param ungrouped how often an exchange had no place in a group
    public record Shown(long count, List<Group> groups, long moreGroups, long ungrouped) {
        public Shown {
            groups = List.copyOf(groups);
        }
    }

    void add(RecordedExchange exchange, List<String> rules) {
        if (rules.isEmpty()) {
            return;
        }
        exchanges++;
        for (var rule : rules) {
            var key = new Key(exchange.route(), exchange.caller(), exchange.method(), exchange.tool(), rule);
            var count = counts.get(key);
            if (count == null && counts.size() >= MOST) {
                ungrouped++;
                continue;
            }
            count = counts.computeIfAbsent(key, any -> new Count());
            count.exchanges++;
            if (count.samples.size() < samples) {
                count.samples.add(exchange.id());
            }
        }
    }

    Shown shown() {
        var groups = counts.entrySet().stream()
                .map(entry -> group(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Group::count)
                        .reversed()
                        .thenComparing(Group::rule)
                        .thenComparing(group -> group.caller().orElse(""))
                        .thenComparing(group -> group.tool().orElse("")))
                .limit(MOST_SHOWN)
                .toList();
        return new Shown(exchanges, groups, counts.size() - groups.size(), ungrouped);
    }

    private static Group group(Key key, Count count) {
        return new Group(
                key.route(), key.caller(), key.method(), key.tool(), key.rule(), count.exchanges, count.samples);
    }
}
