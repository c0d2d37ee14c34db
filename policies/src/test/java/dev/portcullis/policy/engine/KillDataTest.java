package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillScope;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Where kills stand in the published data: each in one place, where only requests look that it can be about.
class KillDataTest {

    @Test
    void killStandsUnderTheNarrowestNamesItHas() {
        // When
        var kills = published(List.of(
                Map.of("groups", List.of("g"), "callers", List.of("key:a", "key:b", "key:a")),
                Map.of("groups", List.of("g"), "clients", List.of("c"), "tools", List.of("t")),
                Map.of("groups", List.of("g"), "clients", List.of("c"), "callers", List.of("key:*")),
                Map.of("groups", List.of("g")),
                Map.of("groups", List.of("g", "h*")),
                Map.of()));

        // Then
        assertThat(kills.path("everywhere").toString())
                .isEqualTo("{\"callers\":{\"key:a\":[0],\"key:b\":[0]},\"clients\":{\"c\":[2]},\"groups\":{\"g\":[3]},"
                        + "\"tools\":{\"t\":[1]},\"rest\":[4,5]}");
        assertThat(kills.path("items").size()).isEqualTo(6);
        assertThat(kills.path("routes").isEmpty()).isTrue();
    }

    @Test
    void killOfRoutesStandsWithTheRoutesThereAre() {
        // When
        var kills = published(List.of(
                Map.of("routes", List.of("*o*")),
                Map.of("routes", List.of("other"), "tools", List.of("t")),
                Map.of("routes", List.of("nowhere"))));

        // Then
        assertThat(kills.has("everywhere")).isFalse();
        assertThat(kills.path("routes").toString())
                .isEqualTo("{\"other\":{\"tools\":{\"t\":[1]},\"rest\":[0]},\"port-eu\":{\"rest\":[0]}}");
    }

    @Test
    void withoutKillsThereIsNothingToLookAt() {
        assertThat(published(List.of()).toString()).isEqualTo("{\"items\":[],\"routes\":{}}");
    }

    private static JsonNode published(List<Map<String, List<String>>> scopes) {
        var document = Inputs.document("rules: []\n");
        var kills = scopes.stream()
                .map(scope -> new Kill(UUID.randomUUID(), KillScope.of(scope), "x", Optional.empty(), Optional.empty()))
                .toList();
        return JsonMapper.shared()
                .readTree(PublishedData.write(document, 1, kills))
                .at("/published/kills");
    }
}
