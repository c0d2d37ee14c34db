package dev.portcullis.proxy.differential;

import dev.portcullis.proxy.differential.LenientJson.Entries;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a forgiving server behind the gateway would do with a body.
///
/// @param ignoresCase whether it finds keys of the protocol in any case, as Go's reader did
/// @param endsKeysAtNul whether a key ends at U+0000, as in readers written in C
/// @param firstWins whether the first of several equal keys counts, and not the last
public record LenientServer(boolean ignoresCase, boolean endsKeysAtNul, boolean firstWins) {
    private static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    private static final String ACTION = "actionIdentifier";

    /// What it executes.
    ///
    /// @param tool of a `tools/call`, else empty
    /// @param arguments comparable with `equals`; empty for other methods
    /// @param action the action that `run_action` would run
    public record Execution(
            String method,
            boolean modern,
            Optional<String> tool,
            Map<String, Object> arguments,
            Optional<String> action) {}

    /// Every combination of habits.
    public static List<LenientServer> all() {
        var servers = new ArrayList<LenientServer>();
        for (int habits = 0; habits < 8; habits++) {
            servers.add(new LenientServer((habits & 1) != 0, (habits & 2) != 0, (habits & 4) != 0));
        }
        return servers;
    }

    /// What it executes for `body`; empty when it finds no call in it.
    public Optional<Execution> execute(byte[] body) {
        try {
            return LenientJson.read(body) instanceof Entries envelope
                            && find(envelope, "method").orElse(null) instanceof String method
                    ? Optional.of(execution(method, object(find(envelope, "params"))))
                    : Optional.empty();
        } catch (LenientJson.Unreadable e) {
            return Optional.empty();
        }
    }

    /// The same form of `arguments` that [Execution#arguments] has.
    @SuppressWarnings("unchecked")
    public Map<String, Object> arguments(String json) {
        try {
            return (Map<String, Object>) plain(LenientJson.read(json));
        } catch (LenientJson.Unreadable e) {
            throw new AssertionError("the gateway's own text: " + json, e);
        }
    }

    @SuppressWarnings("unchecked")
    private Execution execution(String method, Entries params) {
        var modern = find(object(find(params, "_meta")), VERSION).isPresent();
        if (!method.equals("tools/call")) {
            return new Execution(method, modern, Optional.empty(), Map.of(), Optional.empty());
        }
        var tool = find(params, "name").filter(String.class::isInstance).map(String.class::cast);
        var arguments = object(find(params, "arguments"));
        var action = find(arguments, ACTION).filter(String.class::isInstance).map(String.class::cast);
        return new Execution(method, modern, tool, (Map<String, Object>) plain(arguments), action);
    }

    private Optional<Object> find(Entries object, String key) {
        Object found = null;
        for (var entry : object.list()) {
            var name = endsKeysAtNul ? entry.key().split("\0", 2)[0] : entry.key();
            var same = ignoresCase ? name.equalsIgnoreCase(key) : name.equals(key);
            if (same && !(firstWins && found != null)) {
                found = entry.value();
            }
        }
        return Optional.ofNullable(found);
    }

    private static Entries object(Optional<Object> value) {
        return value.orElse(null) instanceof Entries object ? object : new Entries(List.of());
    }

    private Object plain(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(this::plain).toList();
        }
        if (!(value instanceof Entries object)) {
            return value;
        }
        var map = new LinkedHashMap<String, Object>();
        for (var entry : object.list()) {
            var name = endsKeysAtNul ? entry.key().split("\0", 2)[0] : entry.key();
            if (!(firstWins && map.containsKey(name))) {
                map.put(name, plain(entry.value()));
            }
        }
        return map;
    }
}
