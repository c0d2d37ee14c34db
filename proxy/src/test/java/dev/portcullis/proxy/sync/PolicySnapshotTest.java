package dev.portcullis.proxy.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillScope;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

class PolicySnapshotTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    static Stream<Kill> killsOfEverybody() {
        return Stream.of(
                kill(KillScope.wholeOrganization(), Optional.empty()),
                kill(KillScope.wholeOrganization(), Optional.of("Call 1234.")),
                kill(KillScope.of(Map.of("routes", List.of("port-eu"))), Optional.empty()),
                kill(KillScope.of(Map.of("routes", List.of("other", "port-*"))), Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("killsOfEverybody")
    void killOfEverybodyRefusesAsTheEngineDoes(Kill kill) {
        // Given
        var snapshot = snapshot(kill);

        // When
        var refused = snapshot.killOfEverybody("port-eu");

        // Then
        assertThat(decided(snapshot))
                .isInstanceOfSatisfying(
                        Decision.Deny.class,
                        engine -> assertThat(refused)
                                .contains(new Decision.Deny(
                                        engine.policyVersion(), engine.denials(), engine.observed())));
    }

    static Stream<Kill> killsOfSome() {
        return Stream.of(
                kill(KillScope.of(Map.of("routes", List.of("port-us"))), Optional.empty()),
                kill(KillScope.of(Map.of("groups", List.of("contractors"))), Optional.empty()),
                kill(KillScope.of(Map.of("tools", List.of("*"))), Optional.empty()),
                new Kill(
                        UUID.randomUUID(),
                        KillScope.wholeOrganization(),
                        List.of("on-call"),
                        "test",
                        Optional.empty(),
                        Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("killsOfSome")
    void killThatLetsSomebodyGoOnIsTheEnginesAffair(Kill kill) {
        assertThat(snapshot(kill).killOfEverybody("port-eu")).isEmpty();
    }

    @Test
    void withoutKillsNobodyIsRefused() {
        assertThat(snapshot().killOfEverybody("port-eu")).isEmpty();
    }

    private static Kill kill(KillScope scope, Optional<String> message) {
        return new Kill(UUID.randomUUID(), scope, "test", message, Optional.of(NOW.plusSeconds(60)));
    }

    private static PolicySnapshot snapshot(Kill... kills) {
        var document = document();
        return new PolicySnapshot(
                7, document, List.of(kills), PolicyCompiler.embedded(1).compile(document, 7, List.of(kills)));
    }

    private static PolicyDocument document() {
        return switch (DocumentReader.read("""
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  port-eu: {upstream: sandbox, profile: port, authentication: open}
                """)) {
            case ReadResult.Valid valid -> valid.document();
            case ReadResult.Invalid invalid ->
                throw new IllegalStateException(invalid.errors().toString());
        };
    }

    private static Decision decided(PolicySnapshot snapshot) {
        var connection = new PolicyInput(
                UUID.randomUUID(),
                "acme",
                NOW,
                "port-eu",
                PolicyInput.CallerFacts.anonymous(),
                new PolicyInput.ClientFacts(Optional.empty(), Optional.empty(), InetAddress.getLoopbackAddress()),
                Wishes.none(),
                new Question.Connection());
        return snapshot.decisionPoint().decideHere(connection).orElseThrow();
    }
}
