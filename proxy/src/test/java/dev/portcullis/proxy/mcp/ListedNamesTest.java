package dev.portcullis.proxy.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ListedNamesTest {
    @Test
    void whatIsNoListHasNoNames() {
        assertThat(ListedNames.in(result("{\"content\": [], \"tools\": {\"name\": \"x\"}}")))
                .isEmpty();
    }

    @Test
    void whatIsGoneIsNamedInOrderAndOnce() {
        // Given
        var all = ListedNames.in(result("""
                {"tools": [{"name": "c"}, {"name": "a"}, {"name": "b"}, {"name": "c"}, {"title": "none"}, 7]}
                """)).orElseThrow();

        // When
        var gone = all.without(result("{\"tools\": [{\"name\": \"a\"}]}"));

        // Then
        assertThat(gone).containsExactly("c", "b");
    }

    @Test
    void everyKindOfListCounts() {
        var all = ListedNames.in(result("""
                {"prompts": [{"name": "p"}], "resources": [{"uri": "u:r"}], "resourceTemplates": [{"uriTemplate": "u:{t}"}]}
                """)).orElseThrow();
        assertThat(all.without(result("{}"))).containsExactly("p", "u:r", "u:{t}");
    }

    private static ObjectNode result(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }
}
