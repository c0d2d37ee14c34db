package dev.portcullis.sandbox.tools;

import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;

/// What a tool does to the world; its annotations follow from it, so that they are true by
/// construction.
public enum ToolKind {
    /// Looks and changes nothing.
    READ(true, false, true, false),
    /// Adds something and leaves the rest as it is.
    ADD(false, false, false, false),
    /// Creates, or replaces what was there.
    WRITE(false, true, true, false),
    /// Sets work going, here or elsewhere.
    EXECUTE(false, true, false, true),
    /// Removes; a second call finds nothing more to remove.
    DELETE(false, true, true, false),
    /// Changes who may do what.
    ADMIN(false, true, true, false);

    private final boolean readOnly;
    private final boolean destructive;
    private final boolean idempotent;
    private final boolean openWorld;

    ToolKind(boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
        this.readOnly = readOnly;
        this.destructive = destructive;
        this.idempotent = idempotent;
        this.openWorld = openWorld;
    }

    ToolAnnotations annotations(String title) {
        return ToolAnnotations.builder()
                .title(title)
                .readOnlyHint(readOnly)
                .destructiveHint(destructive)
                .idempotentHint(idempotent)
                .openWorldHint(openWorld)
                .build();
    }
}
