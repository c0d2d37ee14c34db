package dev.portcullis.policy.profile;

/// What a tool does to the world behind it. `READ` alone passes a `readOnly` rule.
public enum ToolClass {
    READ,
    WRITE,
    EXECUTE,
    DELETE,
    ADMIN;

    /// The name used in documents, inputs and records.
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
