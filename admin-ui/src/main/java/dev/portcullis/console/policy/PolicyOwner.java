package dev.portcullis.console.policy;

import dev.portcullis.configuration.Settings;

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

    /// Reads the section `policy`.
    ///
    /// @param console the section `console`
    static PolicyOwner from(Settings console) {
        var section = console.section("policy");
        var owner = section.string("owner", "console");
        var repository = section.optionalString("repository");
        if (!owner.equals("git")) {
            if (!owner.equals("console")) {
                section.reject("owner", "console or git");
            }
            repository.ifPresent(_ -> section.reject("repository", "no repository unless owner is git"));
            return new Console();
        }
        if (repository.filter(url -> url.matches("https?://[^\\s\"<>]+")).isEmpty()) {
            section.reject("repository", "the http or https URL where people find the document");
            return new Console();
        }
        return new Git(URI.create(repository.orElseThrow()));
    }
}
