package dev.portcullis.policy.document;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.profile.ToolClass;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which requests a rule is about. Keys that are present are AND-ed, the entries of a key OR-ed; a key
/// with an empty list matches nothing, and a key whose subject the request lacks does not match.
public record Condition(
        Optional<List<Glob>> routes,
        Optional<List<Glob>> groups,
        Optional<List<Glob>> callers,
        Optional<List<Glob>> clients,
        Optional<List<Network>> networks,
        Optional<List<Glob>> methods,
        Optional<List<Glob>> tools,
        Optional<List<ToolClass>> classes,
        Optional<List<Glob>> actions,
        Optional<List<Glob>> prompts,
        Optional<List<Glob>> uris,
        Optional<Map<ArgumentPointer, ArgumentTest>> arguments,
        Optional<TimeWindow> time) {

    /// No key at all: every request.
    public static final Condition ALWAYS = new Condition(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Condition {
        routes = routes.map(List::copyOf);
        groups = groups.map(List::copyOf);
        callers = callers.map(List::copyOf);
        clients = clients.map(List::copyOf);
        networks = networks.map(List::copyOf);
        methods = methods.map(List::copyOf);
        tools = tools.map(List::copyOf);
        classes = classes.map(List::copyOf);
        actions = actions.map(List::copyOf);
        prompts = prompts.map(List::copyOf);
        uris = uris.map(List::copyOf);
        arguments = arguments.map(tests -> Collections.unmodifiableMap(new LinkedHashMap<>(tests)));
    }

    /// A key of a condition, named as in the document.
    public enum Key {
        ROUTES,
        GROUPS,
        CALLERS,
        CLIENTS,
        NETWORKS,
        METHODS,
        TOOLS,
        CLASSES,
        ACTIONS,
        PROMPTS,
        URIS,
        ARGUMENTS,
        TIME;

        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// The entries of a key as the document writes them; absent when the condition does not have the
    /// key.
    public Optional<List<String>> entries(Key key) {
        return switch (key) {
            case ROUTES -> patterns(routes);
            case GROUPS -> patterns(groups);
            case CALLERS -> patterns(callers);
            case CLIENTS -> patterns(clients);
            case NETWORKS ->
                networks.map(list -> list.stream().map(Network::toString).toList());
            case METHODS -> patterns(methods);
            case TOOLS -> patterns(tools);
            case CLASSES ->
                classes.map(list -> list.stream().map(ToolClass::wireName).toList());
            case ACTIONS -> patterns(actions);
            case PROMPTS -> patterns(prompts);
            case URIS -> patterns(uris);
            case ARGUMENTS ->
                arguments.map(tests -> tests.entrySet().stream()
                        .map(test -> test.getKey() + ": " + test.getValue())
                        .toList());
            case TIME -> time.map(window -> List.of(window.toString()));
        };
    }

    /// The keys this condition has.
    public Set<Key> keys() {
        var keys = EnumSet.noneOf(Key.class);
        for (var key : Key.values()) {
            if (entries(key).isPresent()) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static Optional<List<String>> patterns(Optional<List<Glob>> globs) {
        return globs.map(list -> list.stream().map(Glob::pattern).toList());
    }
}
