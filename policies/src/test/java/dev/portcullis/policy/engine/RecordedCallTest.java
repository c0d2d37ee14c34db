package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.HiddenUrls;
import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.HiddenValue.Kind;
import dev.portcullis.policy.KeptArguments;
import dev.portcullis.policy.KeptArguments.Reading;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.Wishes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the engine says to recorded calls whose arguments are not all there.
@Tag("slow")
class RecordedCallTest {
    private static final ValueDigests DIGESTS = new ValueDigests(new byte[32]);

    @Test
    void unknownExpressionMatchesOnlyInTheStrictReading() {
        var rules = "rules:\n  - {id: r, match: {arguments: {/key: {matches: x}}}, deny: true}\n";
        var kept = hiding(new HiddenValue("/key", Kind.STRING, Optional.of(DIGESTS.ofText("xyz"))));

        assertThat(decide(rules, "upsert_entity", kept, Reading.LENIENT)).isInstanceOf(Decision.Allow.class);
        assertThat(decide(rules, "upsert_entity", kept, Reading.STRICT)).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void unknownExceptionHoldsOnlyInTheLenientReading() {
        var rules = "rules:\n  - {id: r, except: {arguments: {/key: {matches: x}}}, deny: true}\n";
        var kept = hiding(new HiddenValue("/key", Kind.STRING, Optional.empty()));

        assertThat(decide(rules, "upsert_entity", kept, Reading.LENIENT)).isInstanceOf(Decision.Allow.class);
        assertThat(decide(rules, "upsert_entity", kept, Reading.STRICT)).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void hiddenTextIsKnownByItsDigest() {
        var rules = "rules:\n  - {id: r, match: {arguments: {/key: [a, xyz]}}, deny: true}\n";
        var equal = hiding(new HiddenValue("/key", Kind.STRING, Optional.of(DIGESTS.ofText("xyz"))));
        var other = hiding(new HiddenValue("/key", Kind.STRING, Optional.of(DIGESTS.ofText("b"))));
        var number = hiding(new HiddenValue("/key", Kind.NUMBER, Optional.of(DIGESTS.ofText("xyz"))));

        assertThat(decide(rules, "upsert_entity", equal, Reading.LENIENT)).isInstanceOf(Decision.Deny.class);
        assertThat(decide(rules, "upsert_entity", other, Reading.STRICT)).isInstanceOf(Decision.Allow.class);
        assertThat(decide(rules, "upsert_entity", number, Reading.STRICT)).isInstanceOf(Decision.Allow.class);
    }

    @Test
    void insideOfAHiddenObjectNothingIsKnown() {
        var rules = "rules:\n  - {id: r, match: {arguments: {/key/inner: {absent: true}}}, deny: true}\n";
        var object = hiding(new HiddenValue("/key", Kind.OBJECT, Optional.empty()));
        var text = hiding(new HiddenValue("/key", Kind.STRING, Optional.empty()));

        assertThat(decide(rules, "upsert_entity", object, Reading.LENIENT)).isInstanceOf(Decision.Allow.class);
        assertThat(decide(rules, "upsert_entity", object, Reading.STRICT)).isInstanceOf(Decision.Deny.class);
        assertThat(decide(rules, "upsert_entity", text, Reading.LENIENT)).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void hiddenActionIsNotDecidedWhereSomebodyAsksForIt() {
        var kept = new KeptArguments(
                "{\"actionIdentifier\": \"[redacted]\"}",
                List.of(new HiddenValue("/actionIdentifier", Kind.STRING, Optional.empty())),
                HiddenUrls.NONE,
                Map.of(),
                Optional.of(DIGESTS));

        assertThat(decide("rules:\n  - {id: r, allowedActions: [x]}\n", "run_action", kept, Reading.STRICT))
                .isInstanceOfSatisfying(
                        Decision.Undecided.class,
                        undecided -> assertThat(undecided.reason()).contains("which one the call executes"));
        assertThat(decide("rules:\n  - {id: r, deniedTools: [x]}\n", "run_action", kept, Reading.STRICT))
                .isInstanceOf(Decision.Allow.class);
        assertThat(decide("rules:\n  - {id: r, allowedActions: [x]}\n", "list_entities", kept, Reading.STRICT))
                .isInstanceOf(Decision.Allow.class);
    }

    @Test
    void hiddenActionIsNotDecidedWhereTheClientLimitsItself() {
        var document = Inputs.document("rules: []\n");
        var input = Inputs.ask(new Question.RecordedCall(
                "tools/call",
                ListedTool.unseen("run_action"),
                new KeptArguments(
                        "{}", List.of(HiddenValue.EVERYTHING), HiddenUrls.NONE, Map.of(), Optional.of(DIGESTS)),
                Reading.STRICT));
        var wishing = new PolicyInput(
                input.exchange(),
                input.organization(),
                input.time(),
                input.route(),
                input.caller(),
                input.client(),
                new Wishes(false, Optional.of(List.of("x"))),
                input.question());
        var engine = EmbeddedDecisionPoint.compile(document, 1, List.of(), 1);

        assertThat(engine.decide(input).value()).isInstanceOf(Decision.Allow.class);
        assertThat(engine.decide(wishing).value()).isInstanceOf(Decision.Undecided.class);
    }

    @Test
    void actionOfAnotherKindThanTextIsInDoubtAsItWas() {
        var kept = new KeptArguments(
                "{\"actionIdentifier\": 100000}",
                List.of(new HiddenValue("/actionIdentifier", Kind.NUMBER, Optional.empty())),
                HiddenUrls.NONE,
                Map.of(),
                Optional.of(DIGESTS));
        assertThat(decide("rules:\n  - {id: r, allowedActions: [x]}\n", "run_action", kept, Reading.LENIENT))
                .isInstanceOf(Decision.Deny.class);
    }

    @Test
    void hiddenHostsAreKnownByTheirDigests() {
        var rules = "rules:\n  - {id: r, blockedDomains: ['*.b.example']}\n";
        var host = List.of(DIGESTS.ofHost("a.b.example"), DIGESTS.ofHost("b.example"), DIGESTS.ofHost("example"));
        var other = List.of(DIGESTS.ofHost("b.example"), DIGESTS.ofHost("example"));

        assertThat(decide(rules, "upsert_entity", reaching(true, host), Reading.LENIENT))
                .isInstanceOf(Decision.Deny.class);
        assertThat(decide(rules, "upsert_entity", reaching(true, other), Reading.STRICT))
                .isInstanceOf(Decision.Allow.class);
        assertThat(decide(rules, "upsert_entity", reaching(false, other), Reading.STRICT))
                .isInstanceOf(Decision.Deny.class);
        assertThat(decide(rules, "upsert_entity", reaching(false, other), Reading.LENIENT))
                .isInstanceOf(Decision.Allow.class);
    }

    @Test
    void recordThatHidesWhatStandsNowhereIsNotDecided() {
        var rules = "rules:\n  - {id: r, match: {arguments: {/key: [a]}}, deny: true}\n";
        var kept = hiding(new HiddenValue("/elsewhere", Kind.STRING, Optional.empty()));

        assertThat(decide(rules, "upsert_entity", kept, Reading.LENIENT)).isInstanceOf(Decision.Undecided.class);
    }

    @Test
    void ownRulesAreNotAskedAboutHiddenArguments() {
        var writer = new InputWriter(Inputs.document("rules: []\n"), true);
        var input = Inputs.ask(new Question.RecordedCall(
                "tools/call",
                ListedTool.unseen("x"),
                hiding(new HiddenValue("/key", Kind.STRING, Optional.empty())),
                Reading.STRICT));

        assertThatThrownBy(() -> writer.write(input)).isInstanceOf(NoAnswer.class);
    }

    private static KeptArguments hiding(HiddenValue value) {
        return new KeptArguments(
                "{\"key\": \"[redacted]\"}", List.of(value), HiddenUrls.NONE, Map.of(), Optional.of(DIGESTS));
    }

    private static KeptArguments reaching(boolean complete, List<String> host) {
        return new KeptArguments(
                "{\"key\": \"[redacted]\"}",
                List.of(new HiddenValue("/key", Kind.STRING, Optional.empty())),
                new HiddenUrls(true, true, complete, List.of(host)),
                Map.of(),
                Optional.of(DIGESTS));
    }

    private static Decision decide(String rules, String tool, KeptArguments kept, Reading reading) {
        var engine = EmbeddedDecisionPoint.compile(Inputs.document(rules), 1, List.of(), 1);
        return engine.decide(
                        Inputs.ask(new Question.RecordedCall("tools/call", ListedTool.unseen(tool), kept, reading)))
                .value();
    }
}
