package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.HiddenUrls;
import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.HiddenValue.Kind;
import dev.portcullis.policy.KeptArguments;
import dev.portcullis.policy.KeptArguments.Reading;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.ValueDigests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the policy is asked about calls of which a record hides a part.
class RecordedInputTest {
    private static final ValueDigests DIGESTS = new ValueDigests(new byte[32]);

    /// Which tests hold of `/key`, by the kind of what is hidden there; `both`, `strict` or `none`.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            match  | {matches: x}   | STRING | strict
            match  | {matches: x}   | NUMBER | strict
            match  | {matches: x}   | ARRAY  | strict
            match  | {matches: x}   | OBJECT | none
            match  | [a, 1]         | STRING | strict
            match  | [a]            | NUMBER | none
            match  | [1]            | STRING | none
            match  | [1]            | NUMBER | strict
            match  | [a]            | ARRAY  | strict
            match  | [a]            | OBJECT | none
            match  | {absent: true} | STRING | none
            match  | {absent: true} | OBJECT | none
            except | {matches: x}   | STRING | lenient
            except | {matches: x}   | NUMBER | none
            except | {matches: x}   | ARRAY  | none
            except | {matches: x}   | OBJECT | none
            except | [a]            | STRING | lenient
            except | [a]            | ARRAY  | none
            except | [1]            | NUMBER | lenient
            except | {absent: true} | STRING | none
            """)
    void testOfAHiddenValueHoldsWhereThatRefuses(String side, String test, Kind kind, String holds) {
        // Given
        var rules = "rules: [{id: r, %s: {arguments: {/key: %s}}, deny: true}]\n".formatted(side, test);
        var kept = hiding(new HiddenValue("/key", kind, Optional.empty()));

        // Then
        assertThat(written(rules, kept, Reading.STRICT).has("argumentTests")).isEqualTo(holds.equals("strict"));
        assertThat(written(rules, kept, Reading.LENIENT).has("argumentTests")).isEqualTo(holds.equals("lenient"));
    }

    @Test
    void insideOfWhatIsHiddenNothingIsKnown() {
        var rules = "rules: [{id: r, match: {arguments: {/key/0: {absent: true}}}, deny: true}]\n";

        assertThat(tests(rules, new HiddenValue("/key", Kind.OBJECT, Optional.empty()), Reading.STRICT))
                .hasSize(1);
        assertThat(tests(rules, new HiddenValue("/key", Kind.OBJECT, Optional.empty()), Reading.LENIENT))
                .isEmpty();
        assertThat(tests(rules, new HiddenValue("/key", Kind.STRING, Optional.empty()), Reading.LENIENT))
                .hasSize(1);
        assertThat(tests(rules, HiddenValue.EVERYTHING, Reading.STRICT)).hasSize(1);
        assertThat(tests(rules, HiddenValue.EVERYTHING, Reading.LENIENT)).isEmpty();
    }

    @Test
    void digestSaysWhichValueItIs() {
        // Given
        var rules = "rules: [{id: r, match: {arguments: {/key: [a, 1.50]}}, deny: true}]\n";

        // Then
        for (var reading : Reading.values()) {
            assertThat(tests(rules, text(DIGESTS.ofText("a")), reading)).hasSize(1);
            assertThat(tests(rules, text(DIGESTS.ofText("b")), reading)).isEmpty();
            assertThat(tests(rules, number(DIGESTS.ofNumber(new BigDecimal("1.5"))), reading))
                    .hasSize(1);
            assertThat(tests(rules, number(DIGESTS.ofNumber(BigDecimal.ONE)), reading))
                    .isEmpty();
        }
    }

    @Test
    void whatWasNotedWhenTheValueWasThereIsTaken() {
        // Given
        var rules = "rules: [{id: r, match: {arguments: {/key: {matches: x}}}, deny: true}]\n";
        var noted = new KeptArguments(
                "{\"key\": \"[redacted]\"}",
                List.of(new HiddenValue("/key", Kind.STRING, Optional.empty())),
                HiddenUrls.NONE,
                Map.of("/key is {matches: x}", false),
                Optional.of(DIGESTS));

        // Then
        assertThat(written(rules, noted, Reading.STRICT).has("argumentTests")).isFalse();
    }

    @Test
    void placesInListsAndUnderEscapedKeysAreHidden() {
        // Given
        var rules =
                "rules: [{id: r, match: {arguments: {/a~1b/1: {matches: x}, /a~1b/0: {matches: x}}}, deny: true}]\n";
        var kept = new KeptArguments(
                "{\"a/b\": [\"y\", \"[redacted]\"]}",
                List.of(new HiddenValue("/a~1b/1", Kind.STRING, Optional.empty())),
                HiddenUrls.NONE,
                Map.of(),
                Optional.empty());

        // Then
        assertThat(written(rules, kept, Reading.STRICT).get("argumentTests").propertyNames())
                .containsExactly("/a~1b/1 is {matches: x}");
    }

    @ParameterizedTest
    @CsvSource({"/other", "/key/inner", "/key/0"})
    void recordThatHidesWhatStandsNowhereIsNoQuestion(String at) {
        var rules = "rules: [{id: r, match: {arguments: {/key: [a]}}, deny: true}]\n";
        var kept = hiding(new HiddenValue(at, Kind.STRING, Optional.empty()));

        assertThatThrownBy(() -> written(rules, kept, Reading.STRICT))
                .isInstanceOf(NoAnswer.class)
                .hasMessageContaining("stands nowhere");
    }

    @Test
    void actionIsUnknownOnlyWhereSomebodyAsks() {
        // Given
        var kept = new KeptArguments(
                "{}", List.of(HiddenValue.EVERYTHING), HiddenUrls.NONE, Map.of(), Optional.of(DIGESTS));
        var actions = "rules: [{id: r, match: {actions: [x]}, deny: true}]\n";
        var except = "rules: [{id: r, except: {actions: [x]}, deny: true}]\n";
        var allowed = "rules: [{id: r, allowedActions: [x]}]\n";

        // Then
        assertThat(written("rules: [{id: r, deny: true}]\n", kept, Reading.STRICT, "run_action")
                        .has("action"))
                .isFalse();
        for (var rules : List.of(actions, except, allowed)) {
            assertThatThrownBy(() -> written(rules, kept, Reading.STRICT, "run_action"))
                    .isInstanceOf(NoAnswer.class)
                    .hasMessageContaining("which one the call executes");
        }
    }

    @Test
    void hiddenHostsStandUnderTheNamesOfTheDocument() {
        // Given
        var rules = "rules: [{id: r, blockedDomains: ['*.b.example']}]\n";
        var host = List.of(DIGESTS.ofHost("a.b.example"), DIGESTS.ofHost("b.example"));

        // When
        var domains = written(rules, reaching(true, true, host), Reading.STRICT);

        // Then
        assertThat(domains.get("domainsCertain").asBoolean()).isTrue();
        assertThat(domains.get("domains").get(0).get("name").asString()).startsWith("hidden:");
        assertThat(domains.get("domains").get(0).get("parents").get(0).asString())
                .isEqualTo("b.example");
    }

    @Test
    void hostsThatAreNotAllKnownAreInDoubtInTheStrictReading() {
        // Given
        var rules = "rules: [{id: r, blockedDomains: [b.example]}]\n";
        var host = List.of(DIGESTS.ofHost("c.example"));

        // Then
        assertThat(certain(rules, reaching(true, false, host), Reading.STRICT)).isFalse();
        assertThat(certain(rules, reaching(true, false, host), Reading.LENIENT)).isTrue();
        assertThat(certain(rules, reaching(false, true, host), Reading.LENIENT)).isFalse();
        assertThat(certain(rules, reaching(true, true, host), Reading.STRICT)).isTrue();
    }

    private static boolean certain(String rules, KeptArguments kept, Reading reading) {
        return written(rules, kept, reading).get("domainsCertain").asBoolean();
    }

    private static List<String> tests(String rules, HiddenValue hidden, Reading reading) {
        var tests = written(rules, hiding(hidden), reading).path("argumentTests");
        return List.copyOf(tests.propertyNames());
    }

    private static HiddenValue text(String digest) {
        return new HiddenValue("/key", Kind.STRING, Optional.of(digest));
    }

    private static HiddenValue number(String digest) {
        return new HiddenValue("/key", Kind.NUMBER, Optional.of(digest));
    }

    private static KeptArguments hiding(HiddenValue value) {
        return new KeptArguments(
                "{\"key\": \"[redacted]\"}", List.of(value), HiddenUrls.NONE, Map.of(), Optional.of(DIGESTS));
    }

    private static KeptArguments reaching(boolean certain, boolean complete, List<String> host) {
        return new KeptArguments(
                "{\"key\": \"[redacted]\"}",
                List.of(new HiddenValue("/key", Kind.STRING, Optional.empty())),
                new HiddenUrls(certain, true, complete, List.of(host)),
                Map.of(),
                Optional.of(DIGESTS));
    }

    private static JsonNode written(String rules, KeptArguments kept, Reading reading) {
        return written(rules, kept, reading, "upsert_entity");
    }

    private static JsonNode written(String rules, KeptArguments kept, Reading reading, String tool) {
        var input = Inputs.ask(new Question.RecordedCall("tools/call", ListedTool.unseen(tool), kept, reading));
        return JsonMapper.shared().readTree(new InputWriter(Inputs.document(rules)).write(input));
    }
}
