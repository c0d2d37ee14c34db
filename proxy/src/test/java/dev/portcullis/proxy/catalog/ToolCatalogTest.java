package dev.portcullis.proxy.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.proxy.binding.Holder;
import dev.portcullis.proxy.fixture.TestClock;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class ToolCatalogTest {
    private static final Holder ANNA = new Holder("port-eu", "user:anna");
    private static final Holder BEN = new Holder("port-eu", "user:ben");
    private static final Holder CARL = new Holder("port-eu", "user:carl");

    private final TestClock clock = new TestClock();
    private final ToolCatalog catalog = new ToolCatalog(clock);

    @Test
    void toolThatNoListHasNamedIsUnseen() {
        assertThat(catalog.tool(ANNA, "purge")).isEqualTo(ListedTool.unseen("purge"));
    }

    @Test
    void callerIsJudgedByWhatTheyWereShown() {
        // Given
        catalog.listed(ANNA, List.of(tool("load_skill", "for anna")));
        catalog.listed(BEN, List.of(tool("load_skill", "for ben")));

        // Then
        assertThat(catalog.tool(ANNA, "load_skill"))
                .isEqualTo(tool("load_skill", "for anna").listed());
        assertThat(catalog.tool(BEN, "load_skill"))
                .isEqualTo(tool("load_skill", "for ben").listed());
    }

    @Test
    void othersAreJudgedByWhatAllAreShown() {
        catalog.listed(ANNA, List.of(tool("list_entities", "a")));
        catalog.listed(BEN, List.of(tool("list_entities", "a")));

        assertThat(catalog.tool(CARL, "list_entities"))
                .isEqualTo(tool("list_entities", "a").listed());
        assertThat(catalog.tool(new Holder("port-us", "user:carl"), "list_entities")
                        .definition())
                .as("on another route")
                .isEmpty();
    }

    @Test
    void oneCallersDefinitionOpensNothingForOthers() {
        // Given
        catalog.listed(BEN, List.of(tool("list_entities", "as it was accepted")));
        clock.advance(Duration.ofMinutes(1));
        catalog.listed(ANNA, List.of(tool("list_entities", "poisoned for everybody")));

        // When
        clock.advance(Duration.ofMinutes(5));
        catalog.listed(BEN, List.of(tool("list_entities", "as it was accepted")));

        // Then
        assertThat(catalog.tool(CARL, "list_entities")).isEqualTo(ListedTool.unseen("list_entities"));
    }

    @Test
    void definitionThatWasReplacedDoesNotCount() {
        // Given
        catalog.listed(ANNA, List.of(tool("list_entities", "before")));

        // When
        clock.advance(Duration.ofMinutes(1));
        catalog.listed(ANNA, List.of(tool("list_entities", "after")));

        // Then
        assertThat(catalog.tool(CARL, "list_entities"))
                .isEqualTo(tool("list_entities", "after").listed());
    }

    @Test
    void definitionThatNobodyIsShownAnyMoreDoesNotCount() {
        // Given
        catalog.listed(ANNA, List.of(tool("list_entities", "before")));

        // When
        clock.advance(KnownTool.LIVE.plusSeconds(1));
        catalog.listed(BEN, List.of(tool("list_entities", "after")));

        // Then
        assertThat(catalog.tool(CARL, "list_entities"))
                .isEqualTo(tool("list_entities", "after").listed());
    }

    @Test
    void whatAnotherReplicaHasSeenIsKnownHere() {
        var seen = tool("list_entities", "there").listed();

        catalog.noted("port-eu", seen, clock.instant(), clock.instant());

        assertThat(catalog.tool(ANNA, "list_entities")).isEqualTo(seen);
        assertThat(catalog.size()).isEqualTo(1);
    }

    @Test
    void toolBeyondTheBoundIsJudgedByItsListAndNotKept() throws InterruptedException {
        // Given
        for (int i = 0; i < ToolCatalog.MOST_TOOLS; i++) {
            catalog.noted("port-eu", tool("tool_" + i, "x").listed(), clock.instant(), clock.instant());
        }

        // When
        catalog.listed(ANNA, List.of(tool("one_more", "x")));

        // Then
        assertThat(catalog.size()).isEqualTo(ToolCatalog.MOST_TOOLS);
        assertThat(catalog.dropped()).isEqualTo(1);
        assertThat(catalog.tool(ANNA, "one_more").definition()).isPresent();
        assertThat(catalog.tool(BEN, "one_more").definition()).isEmpty();
        assertThat(catalog.discoveries().take(Duration.ZERO, 10)).isEmpty();
    }

    @Test
    void definitionsMadeUpForEachListCostLittle() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            catalog.listed(ANNA, List.of(tool("nonce", "call " + i)));
        }

        assertThat(catalog.discoveries().take(Duration.ZERO, 2_000)).hasSize(KnownTool.MOST);
        assertThat(catalog.tool(ANNA, "nonce"))
                .isEqualTo(tool("nonce", "call 999").listed());
        assertThat(catalog.tool(BEN, "nonce").definition()).isEmpty();
    }

    @Test
    void definitionsThatWaitForTheDatabaseAreBounded() {
        var long_ = "x".repeat(60_000);
        for (int i = 0; i < 1_000; i++) {
            catalog.listed(ANNA, List.of(tool("tool_" + i, long_)));
        }
        assertThat(catalog.dropped()).isBetween(700L, 750L);
    }

    @Test
    void nameThatCannotBeCalledIsNotKept() {
        catalog.listed(ANNA, List.of(tool("a\u0000b", "x"), tool("", "x"), tool("n".repeat(257), "x")));

        assertThat(catalog.size()).isZero();
        assertThat(catalog.dropped()).isEqualTo(3);
    }

    @Test
    void hintIsToldToThePolicy() {
        var entry = JsonMapper.shared().readTree("{\"name\":\"peek\",\"annotations\":{\"readOnlyHint\":true}}");

        catalog.listed(ANNA, List.of(ToolDefinition.of(entry)));

        assertThat(catalog.tool(BEN, "peek").readOnlyHint()).isEqualTo(Optional.of(true));
    }

    private static ToolDefinition tool(String name, String description) {
        var entry = JsonMapper.shared().createObjectNode().put("name", name).put("description", description);
        return ToolDefinition.of(entry);
    }
}
