package dev.portcullis.standalone.client;

import tools.jackson.databind.JsonNode;

/// Somebody else has published in the meantime; nothing was written.
public final class StalePolicy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String version;

    private StalePolicy(String version, String sentence) {
        super(sentence);
        this.version = version;
    }

    static StalePolicy of(JsonNode problem) {
        var version = problem.path("version").asString("unknown");
        return new StalePolicy(
                version,
                "Somebody else has published in the meantime: version " + version + " by "
                        + problem.path("author").asString("unknown") + " on "
                        + problem.path("publishedAt").asString("unknown") + ", “"
                        + problem.path("comment").asString("") + "”. Nothing was written.");
    }

    /// The version in force.
    public String version() {
        return version;
    }
}
