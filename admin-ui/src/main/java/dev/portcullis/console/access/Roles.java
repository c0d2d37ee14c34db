package dev.portcullis.console.access;

/// The roles of people and tokens, as the database and the annotations of services spell them.
public final class Roles {
    /// Changes things. Whoever has it may also do all that the others may.
    public static final String ADMIN = "ADMIN";

    /// Reads everything and changes nothing.
    public static final String AUDITOR = "AUDITOR";

    /// Fetches the bundles of the policy and nothing else; for OPA servers.
    public static final String BUNDLES = "BUNDLES";

    private Roles() {}
}
