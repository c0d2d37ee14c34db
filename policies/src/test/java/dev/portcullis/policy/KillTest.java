package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What kills are about, and which of them may exist.
class KillTest {
    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-00000000000a");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "routes, true, false",
        "groups, false, false",
        "callers, false, false",
        "clients, false, true",
        "tools, false, true"
    })
    void keyOfTheScopeSaysWhoMustBeAsked(String key, boolean everybody, boolean messages) {
        // Given
        var kill = kill(Map.of(key, List.of("key:a")), List.of());

        // Then
        assertThat(kill.isAboutEverybody()).isEqualTo(everybody);
        assertThat(kill.isAboutMessages()).isEqualTo(messages);
        assertThat(kill.scope().isOrganization()).isFalse();
        assertThat(kill.scope().lists()).isEqualTo(Map.of(key, List.of("key:a")));
        assertThat(kill.scope().describe()).isEqualTo(key + " key:a");
    }

    @Test
    void scopeWithoutKeysIsEverything() {
        assertThat(KillScope.wholeOrganization().isOrganization()).isTrue();
        assertThat(KillScope.wholeOrganization().describe()).isEqualTo("everything");
        assertThat(kill(Map.of(), List.of()).isAboutEverybody()).isTrue();
        assertThat(kill(Map.of(), List.of()).isAboutMessages()).isFalse();
    }

    @Test
    void scopeIsDescribedInTheOrderOfItsKeys() {
        assertThat(KillScope.of(Map.of("tools", List.of("run_action"), "routes", List.of("port-eu", "far")))
                        .describe())
                .isEqualTo("routes port-eu, far; tools run_action");
    }

    @Test
    void killThatExemptsAGroupAsksWhoComes() {
        assertThat(kill(Map.of(), List.of("on-call")).isAboutEverybody()).isFalse();
    }

    @Test
    void killIsOverFromItsEndOn() {
        // Given
        var kill = order("incident", Optional.empty(), Optional.of(NOW)).kill(ID, NOW.minusNanos(1));

        // Then
        assertThat(kill.isOver(NOW.minusNanos(1))).isFalse();
        assertThat(kill.isOver(NOW)).isTrue();
        assertThat(kill(Map.of(), List.of()).isOver(Instant.MAX)).isFalse();
    }

    @Test
    void endThatHasComeIsRefused() {
        var order = order("incident", Optional.empty(), Optional.of(NOW));

        assertThatThrownBy(() -> order.kill(ID, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("until: 2026-11-22T12:00:00Z (expected: a time to come");
    }

    @Test
    void wordsAreKeptWithoutSpacesAround() {
        assertThat(order(" a b ", Optional.of(" c "), Optional.empty()))
                .isEqualTo(order("a b", Optional.of("c"), Optional.empty()));
        assertThat(order("a", Optional.of(" "), Optional.empty()).message()).isEmpty();
    }

    @Test
    void wordsHaveALimit() {
        // Given
        var most = "x".repeat(KillOrder.LONGEST);

        // Then
        assertThat(order(most, Optional.of(most), Optional.empty()).reason()).isEqualTo(most);
        assertThatThrownBy(() -> order(" ", Optional.empty(), Optional.empty())).hasMessageContaining("reason: \"\"");
        assertThatThrownBy(() -> order(most + "x", Optional.empty(), Optional.empty()))
                .hasMessageContaining("reason: too long");
        assertThatThrownBy(() -> order("x", Optional.of(most + "x"), Optional.empty()))
                .hasMessageContaining("message: too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key:ci", "corp:ada@acme.example", "key:*", "*", "k*:x"})
    void callerIsNamedAsRecordsNameIt(String caller) {
        assertThat(scoped("callers", List.of(caller)).scope().callers()).containsExactly(caller);
    }

    @ParameterizedTest
    @CsvSource({
        "callers, ada, such as key:ci",
        "callers, ':ada', such as key:ci",
        "callers, 'a b:c', such as key:ci",
        "groups, ' a', at most 100",
        "groups, '', at most 100",
        "routes, 'a ', at most 200",
        "tools, '', at most 200"
    })
    void nameThatCouldNeverMatchIsRefused(String key, String name, String expected) {
        assertThatThrownBy(() -> scoped(key, List.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scope." + key + ": \"" + name + "\"")
                .hasMessageContaining(expected);
    }

    @Test
    void namesHaveALimit() {
        assertThat(scoped("tools", Collections.nCopies(100, "a")).scope().tools())
                .hasSize(100);
        assertThatThrownBy(() -> scoped("tools", Collections.nCopies(101, "a")))
                .hasMessageContaining("scope.tools: 101 names (expected: at most 100)");
        assertThatThrownBy(() -> scoped("groups", List.of("g".repeat(101)))).hasMessageContaining("scope.groups");
        assertThatThrownBy(() -> new KillOrder(
                        KillScope.wholeOrganization(), List.of(" a"), "x", Optional.empty(), Optional.empty()))
                .hasMessageContaining("exempt.groups: \" a\"");
    }

    private static Kill kill(Map<String, List<String>> scope, List<String> exempt) {
        return new Kill(ID, KillScope.of(scope), exempt, "incident", Optional.empty(), Optional.empty());
    }

    private static KillOrder scoped(String key, List<String> names) {
        return new KillOrder(
                KillScope.of(Map.of(key, names)), List.of(), "incident", Optional.empty(), Optional.empty());
    }

    private static KillOrder order(String reason, Optional<String> message, Optional<Instant> until) {
        return new KillOrder(KillScope.wholeOrganization(), List.of(), reason, message, until);
    }
}
