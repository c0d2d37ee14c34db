package dev.portcullis.proxy.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.mcp.Capability.Side;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.Set;

class CapabilityTest {
    private static final String SERVER = """
            {"tools":{},"resources":{"subscribe":true,"listChanged":true},"prompts":{},"logging":{},"completions":{},
            "tasks":{},"extensions":{"io.modelcontextprotocol/tasks":{},"x/y":{}},"experimental":{"z":{}}}
            """;

    @Test
    void nothingIsRemovedWhenEverythingPasses() {
        var capabilities = json(SERVER);

        var removed = Capability.remove(Side.SERVER, capabilities, new HashSet<>(Capability.methods(Side.SERVER)));

        assertThat(removed).isFalse();
        assertThat(capabilities).isEqualTo(json(SERVER));
    }

    @Test
    void onlyWhatIsGoodForNothingIsRemoved() {
        var capabilities = json(SERVER);

        var removed = Capability.remove(Side.SERVER, capabilities, Set.of("tools/call", "resources/read"));

        assertThat(removed).isTrue();
        assertThat(capabilities).isEqualTo(json("""
                        {"tools":{},"resources":{"listChanged":true},"extensions":{"x/y":{}},"experimental":{"z":{}}}
                        """));
    }

    @Test
    void clientIsNotKnownToHaveWhatItMayNotUse() {
        var capabilities = json("{\"sampling\":{},\"elicitation\":{\"url\":{}},\"roots\":{\"listChanged\":true}}");

        Capability.remove(Side.CLIENT, capabilities, Set.of("roots/list"));

        assertThat(capabilities).isEqualTo(json("{\"roots\":{\"listChanged\":true}}"));
    }

    @Test
    void changesOfToolsAreAnnouncedWhereThereAreTools() {
        var withTools = json("{\"tools\":{\"listChanged\":false}}");
        var without = json("{\"prompts\":{}}");

        assertThat(Capability.announceToolChanges(withTools)).isTrue();
        assertThat(withTools).isEqualTo(json("{\"tools\":{\"listChanged\":true}}"));
        assertThat(Capability.announceToolChanges(withTools)).isFalse();
        assertThat(Capability.announceToolChanges(without)).isFalse();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }
}
