package dev.portcullis.console.access;

import java.util.Set;

/// The roles of people and tokens, as the database and the annotations of services spell them.
public final class Roles {
    /// Changes things. Whoever has it may also do what the others may, but for publishing from a repository that owns
    /// the policy, and for seeing what callers have sent.
    public static final String ADMIN = "ADMIN";

    /// Reads everything, the arguments and results on record too, and changes nothing.
    public static final String AUDITOR = "AUDITOR";

    /// Fetches the bundles of the policy and nothing else; for OPA servers.
    public static final String BUNDLES = "BUNDLES";

    /// Reads the policy and publishes documents: the pipeline of a repository.
    public static final String PUBLISHER = "PUBLISHER";

    /// All of them.
    public static final Set<String> ALL = Set.of(ADMIN, AUDITOR, BUNDLES, PUBLISHER);

    private Roles() {}
}
