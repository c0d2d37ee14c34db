package dev.portcullis.console.policy;

import java.net.URI;

/// Where the policy document has its home.
public sealed interface PolicyOwner {

    /// In this console's database: admins write it here.
    record Console() implements PolicyOwner {}

    /// In a Git repository: what is merged there is published here by its pipeline, and nothing else is.
    ///
    /// @param repository where people find it
    record Git(URI repository) implements PolicyOwner {
        public Git {
            if (!"https".equals(repository.getScheme()) && !"http".equals(repository.getScheme())) {
                throw new IllegalArgumentException("repository: " + repository + " (expected: http:// or https://)");
            }
        }
    }
}
