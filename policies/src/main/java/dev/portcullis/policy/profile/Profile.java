package dev.portcullis.policy.profile;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.KeptArguments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the tools of one kind of server do, reviewed and shipped with the product.
///
/// A tool that a profile does not know is a writer. Instances are immutable and shared.
public final class Profile {
    private final String name;
    private final boolean definesControlHeaders;
    private final List<List<String>> hosts;
    private final Map<String, Tool> tools;
    private final List<Family> families;

    /// What the profile says of one tool.
    ///
    /// @param actions where a call names the action it executes; empty when it executes none, or when
    ///     the identifier cannot be known
    record Tool(ToolClass toolClass, List<ActionPointer> actions) {
        static final Tool UNKNOWN = new Tool(ToolClass.WRITE, List.of());

        Tool {
            actions = List.copyOf(actions);
        }
    }

    /// Tools whose names are made up by the server, such as one for each action.
    record Family(Glob names, Tool tool) {}

    /// @param hosts the names of one server each
    Profile(
            String name,
            boolean definesControlHeaders,
            List<List<String>> hosts,
            Map<String, Tool> tools,
            List<Family> families) {
        this.name = name;
        this.definesControlHeaders = definesControlHeaders;
        this.hosts = hosts.stream().map(List::copyOf).toList();
        this.tools = Map.copyOf(new LinkedHashMap<>(tools));
        this.families = List.copyOf(families);
    }

    /// The profile of that name; empty when the product has none.
    public static Optional<Profile> find(String name) {
        return ProfileLibrary.find(name);
    }

    /// The profile of that name.
    ///
    /// @throws IllegalArgumentException when the product has none
    public static Profile load(String name) {
        return find(name)
                .orElseThrow(() ->
                        new IllegalArgumentException("profile: %s (expected: one of %s)".formatted(name, names())));
    }

    /// The names of all profiles, sorted.
    public static List<String> names() {
        return ProfileLibrary.names();
    }

    public String name() {
        return name;
    }

    /// Whether this kind of server obeys `x-read-only-mode` and `x-allowed-actions-to-run`, so that the
    /// gateway sends the effective values with every request.
    public boolean definesControlHeaders() {
        return definesControlHeaders;
    }

    /// The host names of this kind of server, in lower case.
    public List<String> hosts() {
        return hosts.stream().flatMap(List::stream).toList();
    }

    /// The other names of a server; none when the profile does not know it.
    public List<String> aliasesOf(String host) {
        return hosts.stream()
                .filter(names -> names.contains(host))
                .flatMap(List::stream)
                .filter(name -> !name.equals(host))
                .toList();
    }

    /// The tools known by name.
    public Set<String> toolNames() {
        return tools.keySet();
    }

    /// Whether the profile says anything about a tool.
    public boolean knows(String tool) {
        return tools.containsKey(tool)
                || families.stream().anyMatch(family -> family.names().matches(tool));
    }

    /// The class of a tool; `write` when the profile does not know it. Names are compared exactly.
    public ToolClass classOf(String tool) {
        return tool(tool).toolClass();
    }

    /// Whether a call of this tool executes an action: every tool of class `execute`, and every tool
    /// whose arguments name an action.
    public boolean executes(String tool) {
        return executes(tool, classOf(tool));
    }

    /// The same for a tool whose class a policy document has reviewed.
    public boolean executes(String tool, ToolClass reviewed) {
        return reviewed == ToolClass.EXECUTE || !tool(tool).actions().isEmpty();
    }

    /// What a call of a tool executes.
    ///
    /// @param argumentsJson the arguments as the client wrote them; may be anything
    public Actions actionsOf(String tool, String argumentsJson) {
        return actionsOf(tool, classOf(tool), argumentsJson);
    }

    /// The same for a tool whose class a policy document has reviewed.
    public Actions actionsOf(String tool, ToolClass reviewed, String argumentsJson) {
        return executes(tool, reviewed) ? ActionReader.read(tool(tool).actions(), argumentsJson) : Actions.NONE;
    }

    /// The same for a call that was recorded; empty when the record hides it.
    public Optional<Actions> actionsOf(String tool, ToolClass reviewed, KeptArguments arguments) {
        return executes(tool, reviewed)
                ? ActionReader.read(tool(tool).actions(), arguments)
                : Optional.of(Actions.NONE);
    }

    private Tool tool(String name) {
        var known = tools.get(name);
        return known != null
                ? known
                : families.stream()
                        .filter(family -> family.names().matches(name))
                        .findFirst()
                        .map(Family::tool)
                        .orElse(Tool.UNKNOWN);
    }
}
