package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.jsonrpc.ProtocolKeys;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A result that carries prompts, wherever it turns up.
public final class PromptListPage {
    private static final String PROMPTS = "prompts";
    private static final ProtocolKeys KEYS =
            ProtocolKeys.of("name", "title", "description", "arguments", "icons", MetaKeys.META);

    private final ListedEntries entries;

    private PromptListPage(ArrayNode prompts) {
        this.entries = new ListedEntries(prompts, "name", KEYS);
    }

    /// The page in a result, if it is one.
    public static Optional<PromptListPage> in(ObjectNode result) {
        return result.get(PROMPTS) instanceof ArrayNode prompts
                ? Optional.of(new PromptListPage(prompts))
                : Optional.empty();
    }

    /// Whether `result` carries something in the place of prompts that is no list.
    public static boolean isBroken(ObjectNode result) {
        return result.has(PROMPTS) && in(result).isEmpty();
    }

    /// The names of the prompts that can be judged, in order.
    public List<String> names() {
        return entries.texts();
    }

    /// Leaves the visible prompts only. The cursor stays, even when the page becomes empty.
    public void keep(Set<String> visible) {
        entries.keep(visible);
    }
}
