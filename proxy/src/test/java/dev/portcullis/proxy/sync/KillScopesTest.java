package dev.portcullis.proxy.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Kill.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class KillScopesTest {

    @Test
    void knownKeysAreRead() {
        assertThat(KillScopes.read(
                        "{\"routes\": [\"port-*\"], \"tools\": [\"run_action\", \"a\"], \"clients\": [\"c\"]}"))
                .isEqualTo(new Scope(false, List.of("port-*"), List.of("c"), List.of("run_action", "a")));
        assertThat(KillScopes.read("{\"routes\": [\"port-eu\"]}"))
                .isEqualTo(new Scope(false, List.of("port-eu"), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"organization\": true}",
                "{}",
                "[]",
                "\"routes\"",
                "{\"groups\": [\"developers\"]}",
                "{\"routes\": [\"port-eu\"], \"planets\": [\"mars\"]}",
                "{\"routes\": \"port-eu\"}",
                "{\"routes\": []}",
                "{\"routes\": [1]}",
                "{not json"
            })
    void whatIsNotUnderstoodStopsTheWholeOrganization(String scope) {
        assertThat(KillScopes.read(scope)).isEqualTo(Scope.wholeOrganization());
    }
}
