package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class KillJsonTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void orderIsReadWithAllItsParts() {
        assertThat(order("""
                        {"scope": {"groups": ["contractors"], "callers": ["key:*"]}, "exempt": {"groups": ["on-call"]},
                         "reason": " leak ", "message": "Ask us", "until": "2026-11-23T01:00:00+01:00"}"""))
                .isEqualTo(new KillOrder(
                        KillScope.of(Map.of("groups", List.of("contractors"), "callers", List.of("key:*"))),
                        List.of("on-call"),
                        "leak",
                        Optional.of("Ask us"),
                        Optional.of(Instant.parse("2026-11-23T00:00:00Z"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'reason': 'x'}|scope: (expected: {\"organization\": true}",
                "{'scope': {}, 'reason': 'x'}|scope: {} (expected:",
                "{'scope': 'all', 'reason': 'x'}|scope: \"all\" (expected:",
                "{'scope': {'organization': false}, 'reason': 'x'}|{\"organization\": true} alone",
                "{'scope': {'organization': true, 'tools': ['x']}, 'reason': 'x'}|{\"organization\": true} alone",
                "{'scope': {'group': ['x']}, 'reason': 'x'}|scope.group: [\"x\"] (expected: organization, or some of [routes, groups",
                "{'scope': {'tools': []}, 'reason': 'x'}|scope.tools: [] (expected: a list of at least one name)",
                "{'scope': {'tools': 'run'}, 'reason': 'x'}|scope.tools: \"run\" (expected: a list",
                "{'scope': {'tools': ['']}, 'reason': 'x'}|scope.tools: [\"\"] (expected: a list",
                "{'scope': {'tools': [1]}, 'reason': 'x'}|scope.tools: [1] (expected: a list",
                "{'scope': {'groups': [' dev']}, 'reason': 'x'}|scope.groups: \" dev\" (expected: names or patterns of groups",
                "{'scope': {'callers': ['ada']}, 'reason': 'x'}|scope.callers: \"ada\" (expected: callers as records name them",
                "{'scope': {'organization': true}}|reason: (expected: why)",
                "{'scope': {'organization': true}, 'reason': ' '}|reason: \"\" (expected: 1 to 2000 characters)",
                "{'scope': {'organization': true}, 'reason': 7}|reason: 7 (expected: a text)",
                "{'scope': {'organization': true}, 'reason': 'x', 'until': 'tomorrow'}|until: tomorrow (expected: a time with its zone",
                "{'scope': {'organization': true}, 'reason': 'x', 'exempt': {}}|exempt: {} (expected: {\"groups\"",
                "{'scope': {'organization': true}, 'reason': 'x', 'exempt': {'callers': ['a']}}|exempt: {\"callers\":[\"a\"]} (expected: {\"groups\"",
                "{'scope': {'organization': true}, 'reason': 'x', 'exempt': {'groups': []}}|exempt.groups: [] (expected:",
                "{'scope': {'organization': true}, 'reason': 'x', 'exemt': {}}|exemt: {} (expected: scope, exempt,",
                "[]|[] (expected: an object"
            })
    void wrongOrderSaysWhatIsWrong(String json, String error) {
        assertThatThrownBy(() -> order(json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(error);
    }

    @Test
    void tooMuchIsToldToo() {
        assertThatThrownBy(() -> new KillOrder(
                        KillScope.wholeOrganization(),
                        List.of(),
                        "x".repeat(2_001),
                        Optional.empty(),
                        Optional.empty()))
                .hasMessageContaining("reason: too long");
        assertThatThrownBy(() -> new KillOrder(
                        KillScope.wholeOrganization(),
                        List.of(),
                        "x",
                        Optional.of("x".repeat(2_001)),
                        Optional.empty()))
                .hasMessageContaining("message: too long");
        assertThatThrownBy(() -> new KillOrder(
                        KillScope.of(Map.of("tools", java.util.Collections.nCopies(101, "x"))),
                        List.of(),
                        "x",
                        Optional.empty(),
                        Optional.empty()))
                .hasMessageContaining("scope.tools: 101 names");
    }

    @Test
    void endInThePastIsRefused() {
        var order =
                order("{\"scope\": {\"organization\": true}, \"reason\": \"x\", \"until\": \"2026-11-22T12:00:00Z\"}");

        assertThat(order.kill(new UUID(0, 1), NOW.minusMillis(1)).isOver(NOW)).isTrue();
        assertThatThrownBy(() -> order.kill(new UUID(0, 1), NOW))
                .hasMessage("until: 2026-11-22T12:00:00Z (expected: a time to come; it is 2026-11-22T12:00:00Z)");
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        var scope = KillScope.of(Map.of("routes", List.of("port-*"), "tools", List.of("a", "b")));

        assertThat(KillJson.storedScope(KillJson.write(scope).toString())).isEqualTo(scope);
        assertThat(KillJson.storedScope(
                        KillJson.write(KillScope.wholeOrganization()).toString()))
                .isEqualTo(KillScope.wholeOrganization());
        assertThat(KillJson.storedExempt(KillJson.writeExempt(List.of("a", "b")).toString()))
                .containsExactly("a", "b");
        assertThat(KillJson.storedExempt(KillJson.writeExempt(List.of()).toString()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"organization\": true}",
                "{}",
                "[]",
                "\"routes\"",
                "{\"routes\": [\"port-eu\"], \"planets\": [\"mars\"]}",
                "{\"routes\": \"port-eu\"}",
                "{\"routes\": []}",
                "{\"routes\": [\"\"]}",
                "{\"routes\": [1]}",
                "{not json"
            })
    void storedScopeThatIsNotUnderstoodIsTheWholeOrganization(String scope) {
        assertThat(KillJson.storedScope(scope)).isEqualTo(KillScope.wholeOrganization());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"groups\": []}", "{\"groups\": [\"a\"], \"callers\": [\"b\"]}", "{not json"})
    void storedExemptionThatIsNotUnderstoodExemptsNobody(String exempt) {
        assertThat(KillJson.storedExempt(exempt)).isEmpty();
    }

    @Test
    void onlyKillsWithoutNamesAreAboutEverybody() {
        assertThat(kill(Map.of(), List.of()).isAboutEverybody()).isTrue();
        assertThat(kill(Map.of("routes", List.of("a")), List.of()).isAboutEverybody())
                .isTrue();
        assertThat(kill(Map.of(), List.of("on-call")).isAboutEverybody()).isFalse();
        for (var key : List.of("groups", "callers", "clients", "tools")) {
            assertThat(kill(Map.of(key, List.of("a")), List.of()).isAboutEverybody())
                    .as(key)
                    .isFalse();
        }
    }

    @Test
    void onlyKillsByClientAndToolNeedTheMessage() {
        for (var key : KillScope.KEYS) {
            assertThat(kill(Map.of(key, List.of("a")), List.of()).isAboutMessages())
                    .as(key)
                    .isEqualTo(key.equals("clients") || key.equals("tools"));
        }
    }

    @Test
    void scopeIsDescribedForPeople() {
        assertThat(KillScope.wholeOrganization().describe()).isEqualTo("everything");
        assertThat(KillScope.of(Map.of("tools", List.of("b"), "routes", List.of("a", "c")))
                        .describe())
                .isEqualTo("routes a, c; tools b");
    }

    private static Kill kill(Map<String, List<String>> scope, List<String> exempt) {
        return new Kill(new UUID(0, 1), KillScope.of(scope), exempt, "x", Optional.empty(), Optional.empty());
    }

    private static KillOrder order(String json) {
        return KillJson.order(JsonMapper.shared().readTree(json));
    }
}
