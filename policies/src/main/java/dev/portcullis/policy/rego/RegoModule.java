package dev.portcullis.policy.rego;

/// One file of an organization's own Rego, as its author wrote it. [RegoModules] says whether it is one.
///
/// @param path where it stands below the organization's folder, for instance `freeze/weekend.rego`
public record RegoModule(String path, String source) {
    private static final String TESTS = "_test.rego";

    /// Whether it only tests, and has no part in decisions.
    public boolean isTest() {
        return path.endsWith(TESTS);
    }
}
