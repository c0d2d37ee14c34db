package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.jsonrpc.ProtocolKeys;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A result that carries resources, or templates of their URIs, wherever it turns up. A template is judged as
/// it is written.
public final class ResourceListPage {
    private static final String RESOURCES = "resources";
    private static final String TEMPLATES = "resourceTemplates";
    private static final ProtocolKeys KEYS = ProtocolKeys.of(
            "uri",
            "uriTemplate",
            "name",
            "title",
            "description",
            "mimeType",
            "size",
            "annotations",
            "icons",
            MetaKeys.META);

    private final List<ListedEntries> lists;

    private ResourceListPage(List<ListedEntries> lists) {
        this.lists = lists;
    }

    /// The page in a result, if it is one.
    public static Optional<ResourceListPage> in(ObjectNode result) {
        var lists = Stream.concat(list(result, RESOURCES, "uri"), list(result, TEMPLATES, "uriTemplate"))
                .toList();
        return lists.isEmpty() ? Optional.empty() : Optional.of(new ResourceListPage(lists));
    }

    /// Whether `result` carries something in the place of resources or templates that is no list.
    public static boolean isBroken(ObjectNode result) {
        return Stream.of(RESOURCES, TEMPLATES)
                .anyMatch(key -> result.has(key) && !result.get(key).isArray());
    }

    /// The URIs and templates that can be judged: what two readers may take for two resources cannot.
    public List<String> uris() {
        return lists.stream()
                .flatMap(list -> list.texts().stream())
                .filter(uri -> !Requests.isDoubtful(uri))
                .distinct()
                .toList();
    }

    /// Leaves the visible ones only. The cursor stays, even when the page becomes empty.
    public void keep(Set<String> visible) {
        var judged = Set.copyOf(uris());
        var kept = visible.stream().filter(judged::contains).collect(Collectors.toSet());
        lists.forEach(list -> list.keep(kept));
    }

    private static Stream<ListedEntries> list(ObjectNode result, String key, String text) {
        return result.get(key) instanceof ArrayNode entries
                ? Stream.of(new ListedEntries(entries, text, KEYS))
                : Stream.empty();
    }
}
