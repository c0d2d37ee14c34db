package dev.portcullis.console.policy;

import java.net.URI;

/// The policy document has its home in a repository; it is not written here. Nothing was.
public final class PolicyOwnedElsewhereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final URI repository;

    public PolicyOwnedElsewhereException(URI repository) {
        super("The policy document lives in " + repository
                + ". Change it there: its pipeline publishes what is merged. Nothing was written.");
        this.repository = repository;
    }

    public URI repository() {
        return repository;
    }
}
