package dev.portcullis.console.tools;

import java.util.List;

/// The definition that was to be accepted is not one that callers are shown now, or it is not clear which one is
/// meant. Nothing was written.
public final class DefinitionMovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> current;

    DefinitionMovedException(CataloguedTool tool, String reason) {
        super("The definition of " + tool.name() + " " + reason
                + ". Nothing was written; look at it again and name the definition.");
        this.current = tool.live().stream().map(SeenDefinition::definition).toList();
    }

    /// The definitions that callers are shown now, the one seen last first.
    public List<String> current() {
        return List.copyOf(current);
    }
}
