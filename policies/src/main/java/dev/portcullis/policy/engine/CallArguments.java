package dev.portcullis.policy.engine;

import dev.portcullis.policy.KeptArguments;
import dev.portcullis.policy.KeptArguments.Reading;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.document.DomainName;
import dev.portcullis.policy.profile.Actions;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/// What the policy asks of a call's arguments, whether they are there or only a record of them. Both give
/// the same answers, and a record none where it does not hold what the answer depends on.
sealed interface CallArguments {

    static CallArguments of(Question.ToolCall call) {
        return new Live(call.argumentsJson());
    }

    static CallArguments of(Question.RecordedCall call) {
        return call.arguments().isWhole()
                ? new Live(call.arguments().json())
                : new Recorded(call.arguments(), call.reading());
    }

    /// What the call executes; empty when that was not kept.
    Optional<Actions> actions(PolicyFacts facts, ListedTool tool);

    /// The names of the tests that hold.
    List<String> holding(ArgumentTests tests);

    /// The hosts of the URLs among them.
    ReachedDomains reached(DomainsWriter domains);

    /// As a tree, for people.
    ///
    /// @throws NoAnswer when they cannot be read
    JsonNode tree();

    /// Copies them as they are.
    ///
    /// @throws NoAnswer when they cannot be read, or were not kept as they were
    void copy(JsonGenerator target);

    record Live(String json) implements CallArguments {
        @Override
        public Optional<Actions> actions(PolicyFacts facts, ListedTool tool) {
            return Optional.of(facts.call(tool, json).actions());
        }

        @Override
        public List<String> holding(ArgumentTests tests) {
            return tests.holding(json);
        }

        @Override
        public ReachedDomains reached(DomainsWriter domains) {
            return ReachedDomains.inArguments(json);
        }

        @Override
        public JsonNode tree() {
            return ArgumentTree.of(json);
        }

        @Override
        public void copy(JsonGenerator target) {
            RawArguments.copy(json, target);
        }
    }

    record Recorded(KeptArguments kept, Reading reading) implements CallArguments {
        @Override
        public Optional<Actions> actions(PolicyFacts facts, ListedTool tool) {
            return facts.actions(tool, kept);
        }

        @Override
        public List<String> holding(ArgumentTests tests) {
            return tests.holding(kept, Doubt.of(reading));
        }

        /// No restriction of domains lets pass what is uncertain.
        @Override
        public ReachedDomains reached(DomainsWriter domains) {
            var urls = kept.urls();
            var found = urls.kept() ? ReachedDomains.inArguments(kept.json()).domains() : List.<DomainName>of();
            return new ReachedDomains(found, domains.named(urls.hosts(), kept.digests()), doubts());
        }

        private List<String> doubts() {
            var urls = kept.urls();
            if (!urls.certain()) {
                return List.of("a URL that the record hides");
            }
            var isKnown =
                    urls.complete() && (urls.hosts().isEmpty() || kept.digests().isPresent());
            return isKnown || reading == Reading.LENIENT ? List.of() : List.of("hosts that the record hides");
        }

        @Override
        public JsonNode tree() {
            return ArgumentTree.of(kept);
        }

        @Override
        public void copy(JsonGenerator target) {
            throw new NoAnswer("the organization's own rules look at arguments, and the record hides some");
        }
    }

    /// What to say of a test whose answer was not kept.
    enum Doubt {
        HOLDS,
        FAILS,
        /// Holds where that refuses.
        REFUSES,
        /// Holds where that permits.
        PERMITS;

        static Doubt of(Reading reading) {
            return reading == Reading.STRICT ? REFUSES : PERMITS;
        }

        /// @param exact whether the test is an exception
        boolean holds(boolean exact) {
            return switch (this) {
                case HOLDS -> true;
                case FAILS -> false;
                case REFUSES -> !exact;
                case PERMITS -> exact;
            };
        }
    }
}
