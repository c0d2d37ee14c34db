package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Keeping;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The promise of the whole document, over generated documents and requests: one more rule never allows
/// more, one rule less never allows less, order never matters, and what a client asks for never widens.
///
/// `-Djqwik.tries.default=5000` looks longer.
@Tag("slow")
class TighteningTest {
    @Property
    void oneMoreRuleNeverAllowsMore(
            @ForAll("someRules") List<String> rules,
            @ForAll("rules") String oneMore,
            @ForAll("requests") List<PolicyInput> requests) {
        // Given
        var more = new ArrayList<>(rules);
        more.add(oneMore);
        var before = Generated.decisionPoint(rules);
        var after = Generated.decisionPoint(more);

        // Then
        for (var request : requests) {
            assertThat(permitted(before.decide(request).value()))
                    .as("%s after %s", request, oneMore)
                    .containsAll(permitted(after.decide(request).value()));
        }
    }

    @Property
    void oneRuleLessNeverAllowsLess(
            @ForAll("someRules") List<String> rules, @ForAll("requests") List<PolicyInput> requests) {
        // Given
        var all = Generated.decisionPoint(rules);

        for (var i = 0; i < rules.size(); i++) {
            // When
            var fewer = new ArrayList<>(rules);
            fewer.remove(i);
            var without = Generated.decisionPoint(fewer);

            // Then
            for (var request : requests) {
                assertThat(permitted(without.decide(request).value()))
                        .containsAll(permitted(all.decide(request).value()));
            }
        }
    }

    /// What a rule says about records is no matter of what is permitted, and what others say stays said.
    @Property
    void ruleAboutRecordsChangesNothingElse(
            @ForAll("someRules") List<String> rules,
            @ForAll("rulesAboutRecords") String aboutRecords,
            @ForAll("requests") List<PolicyInput> requests) {
        // Given
        var more = new ArrayList<>(rules);
        more.add(aboutRecords);
        var before = Generated.decisionPoint(rules);

        // When
        var after = Generated.decisionPoint(more);

        // Then
        for (var request : requests) {
            var was = before.decide(request).value();
            var is = after.decide(request).value();
            assertThat(withoutKeeping(is)).isEqualTo(withoutKeeping(was));
            assertThat(keeping(is).hidings()).containsAll(keeping(was).hidings());
            keeping(was)
                    .resultBytes()
                    .ifPresent(most ->
                            assertThat(keeping(is).resultBytes().orElseThrow()).isLessThanOrEqualTo(most));
        }
    }

    @Property
    void orderNeverMatters(@ForAll("someRules") List<String> rules, @ForAll("requests") List<PolicyInput> requests) {
        // Given
        var forwards = Generated.decisionPoint(rules);
        var backwards = Generated.decisionPoint(rules.reversed());

        // Then
        for (var request : requests) {
            assertThat(permitted(backwards.decide(request).value()))
                    .isEqualTo(permitted(forwards.decide(request).value()));
        }
    }

    @Property
    void wishesNeverWiden(
            @ForAll("someRules") List<String> rules,
            @ForAll("wishes") Wishes wishes,
            @ForAll("requests") List<PolicyInput> requests) {
        // Given
        var policy = Generated.decisionPoint(rules);

        // Then
        for (var request : requests) {
            assertThat(permitted(policy.decide(request).value()))
                    .containsAll(permitted(policy.decide(with(request, wishes)).value()));
        }
    }

    /// What a list shows and what a call is refused for are the same, as far as a list can know.
    @Property
    void whatIsHiddenIsRefused(
            @ForAll("someRules") List<String> rules, @ForAll("requests") List<PolicyInput> requests) {
        // Given
        var policy = Generated.decisionPoint(rules);

        for (var request : requests) {
            if (request.question() instanceof Question.ToolCall call
                    && policy.decide(request).value() instanceof Decision.Allow) {
                // When
                var list = policy.decide(request.withQuestion(new Question.ToolList(List.of(call.tool()))))
                        .value();

                // Then
                if (list instanceof Decision.Allow allow) {
                    assertThat(allow.visible()).contains(call.tool().name());
                }
            }
        }
    }

    /// What a decision permits, as texts of which there are fewer when it is tighter.
    private static Set<String> permitted(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow -> {
                var texts = new HashSet<>(allow.visible());
                texts.add("allowed");
                if (!allow.obligations().upstreamReadOnly().orElse(false)) {
                    texts.add("upstream writes");
                }
                texts.addAll(
                        allow.obligations().upstreamAllowedActions().orElse(List.of("a", "b", "c", "x", "anything")));
                if (allow.obligations().limits().stream()
                        .noneMatch(limit -> limit.mode().equals("enforce"))) {
                    texts.add("as often as they like");
                }
                yield texts;
            }
            case Decision.Deny deny -> Set.of();
            case Decision.Undecided undecided -> throw new AssertionError(undecided.reason());
        };
    }

    private static PolicyInput with(PolicyInput request, Wishes wishes) {
        return new PolicyInput(
                request.exchange(),
                request.organization(),
                request.time(),
                request.route(),
                request.caller(),
                request.client(),
                wishes,
                request.question());
    }

    @Provide
    Arbitrary<String> rules() {
        return Generated.rules();
    }

    @Provide
    Arbitrary<List<String>> someRules() {
        return Generated.rules().list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<PolicyInput>> requests() {
        return Generated.requests().list().ofSize(30);
    }

    @Provide
    Arbitrary<Wishes> wishes() {
        return Generated.wishes();
    }

    @Provide
    Arbitrary<String> rulesAboutRecords() {
        return Generated.rulesAboutRecords();
    }

    private static Keeping keeping(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow -> allow.obligations().keeping();
            case Decision.Deny deny -> deny.keeping().orElseThrow();
            case Decision.Undecided undecided -> Keeping.USUAL;
        };
    }

    private static Decision withoutKeeping(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow -> {
                var due = allow.obligations();
                yield new Decision.Allow(
                        allow.policyVersion(),
                        new Decision.Obligations(
                                due.upstreamReadOnly(), due.upstreamAllowedActions(), due.limits(), Keeping.USUAL),
                        allow.visible(),
                        allow.observed());
            }
            case Decision.Deny deny -> new Decision.Deny(deny.policyVersion(), deny.denials(), deny.observed());
            case Decision.Undecided undecided -> undecided;
        };
    }
}
