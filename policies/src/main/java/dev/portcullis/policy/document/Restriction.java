package dev.portcullis.policy.document;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.Keeping.Keep;
import dev.portcullis.policy.PointerPattern;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What a rule refuses, or what it asks of the records of what it is about. There is nothing here that permits.
public sealed interface Restriction {

    /// The restriction's key in the document, which is also its name in denials.
    String key();

    /// Refuses every tool whose class is not `read`, and changes to tasks.
    record ReadOnly() implements Restriction {
        @Override
        public String key() {
            return "readOnly";
        }
    }

    /// Refuses calls that execute an action which is not listed; identifiers are compared exactly.
    record AllowedActions(List<String> actions) implements Restriction {
        public AllowedActions {
            actions = List.copyOf(actions);
        }

        @Override
        public String key() {
            return "allowedActions";
        }
    }

    /// Refuses tools that no pattern names, in lists and in calls.
    record AllowedTools(List<Glob> tools) implements Restriction {
        public AllowedTools {
            tools = List.copyOf(tools);
        }

        @Override
        public String key() {
            return "allowedTools";
        }
    }

    /// Refuses tools that a pattern names, in lists and in calls.
    record DeniedTools(List<Glob> tools) implements Restriction {
        public DeniedTools {
            tools = List.copyOf(tools);
        }

        @Override
        public String key() {
            return "deniedTools";
        }
    }

    /// Refuses requests from addresses outside all of the networks.
    record AllowedNetworks(List<Network> networks) implements Restriction {
        public AllowedNetworks {
            networks = List.copyOf(networks);
        }

        @Override
        public String key() {
            return "allowedNetworks";
        }
    }

    /// Refuses what reaches a host outside the domains, or may do so.
    record AllowedDomains(List<DomainPattern> domains) implements Restriction {
        public AllowedDomains {
            domains = List.copyOf(domains);
        }

        @Override
        public String key() {
            return "allowedDomains";
        }
    }

    /// Refuses what reaches a host inside the domains, or may do so.
    record BlockedDomains(List<DomainPattern> domains) implements Restriction {
        public BlockedDomains {
            domains = List.copyOf(domains);
        }

        @Override
        public String key() {
            return "blockedDomains";
        }
    }

    /// Refuses tools that nobody has reviewed, and those that changed since.
    record PinnedTools() implements Restriction {
        @Override
        public String key() {
            return "pinnedTools";
        }
    }

    /// Refuses calls of tools above a number, counted in buckets that are full at the start and fill up
    /// again evenly.
    ///
    /// @param calls how many in a period, and at once: 1 to 1,000,000
    /// @param by who has a bucket of their own
    /// @param withoutStore what happens when the shared buckets cannot be asked
    record Limit(long calls, Period per, Subject by, WithoutStore withoutStore) implements Restriction {
        public static final long MOST_CALLS = 1_000_000;

        public Limit {
            if (calls < 1 || calls > MOST_CALLS) {
                throw new IllegalArgumentException("calls: %d (expected: 1 to %d)".formatted(calls, MOST_CALLS));
            }
        }

        @Override
        public String key() {
            return "limit";
        }

        /// How long an empty bucket takes to be full.
        public enum Period {
            SECOND(Duration.ofSeconds(1)),
            MINUTE(Duration.ofMinutes(1)),
            HOUR(Duration.ofHours(1)),
            DAY(Duration.ofDays(1));

            private final Duration duration;

            Period(Duration duration) {
                this.duration = duration;
            }

            public Duration duration() {
                return duration;
            }

            public String wireName() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /// Whose calls share a bucket.
        public enum Subject {
            CALLER,
            TOOL,
            ROUTE,
            ORGANIZATION;

            public String wireName() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /// What happens when the shared buckets cannot be asked; never that nothing is counted.
        public enum WithoutStore {
            /// Calls are refused.
            REFUSE,
            /// Every replica counts for itself, with its share of the calls.
            LOCAL;

            public String wireName() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /// Refuses nothing: what stands at these places is not kept in records as it was.
    ///
    /// @param arguments places among the arguments of a tool call
    /// @param results places in its result, where results are recorded
    record Redact(List<PointerPattern> arguments, List<PointerPattern> results, Keep keep) implements Restriction {
        public static final int MOST_POINTERS = 100;

        public Redact {
            arguments = List.copyOf(arguments);
            results = List.copyOf(results);
            if (arguments.isEmpty() && results.isEmpty()) {
                throw new IllegalArgumentException("redact: no place (expected: at least one)");
            }
        }

        @Override
        public String key() {
            return "redact";
        }
    }

    /// Refuses nothing: results of tool calls are kept in records, up to a size.
    ///
    /// @param maxBytes 1 to 65,536, as UTF-8 and without what is redacted
    record RecordResult(int maxBytes) implements Restriction {
        public static final int MOST_BYTES = 65_536;

        public RecordResult {
            if (maxBytes < 1 || maxBytes > MOST_BYTES) {
                throw new IllegalArgumentException("maxBytes: %d (expected: 1 to %d)".formatted(maxBytes, MOST_BYTES));
            }
        }

        @Override
        public String key() {
            return "recordResult";
        }
    }

    /// Refuses whatever the condition matches.
    record Deny() implements Restriction {
        @Override
        public String key() {
            return "deny";
        }
    }
}
