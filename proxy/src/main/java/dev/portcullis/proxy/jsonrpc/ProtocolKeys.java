package dev.portcullis.proxy.jsonrpc;

import tools.jackson.databind.node.ObjectNode;

import java.util.Set;
import java.util.stream.Collectors;

/// The keys that a protocol gives a kind of object, prepared for looking at many objects of it.
public final class ProtocolKeys {
    private final Set<String> keys;
    private final Set<String> folded;

    private ProtocolKeys(Set<String> keys) {
        this.keys = keys;
        this.folded = keys.stream().map(JsonRpcCodec::fold).collect(Collectors.toUnmodifiableSet());
    }

    public static ProtocolKeys of(String... keys) {
        return new ProtocolKeys(Set.of(keys));
    }

    /// Whether a reader that ignores case would take some key of `object` for one of these, though it is not.
    public boolean areConfusedIn(ObjectNode object) {
        for (var name : object.propertyNames()) {
            if (!keys.contains(name) && folded.contains(JsonRpcCodec.fold(name))) {
                return true;
            }
        }
        return false;
    }
}
