package dev.portcullis.sandbox.catalogue;

import java.util.List;

/// Who everybody is here: one organization and its one caller, a Builder.
public final class Organization {

    public static final String ID = "org_sandbox";
    public static final String USER = "builder@acme.example";
    public static final List<String> TEAMS = List.of("platform");

    private Organization() {}

    /// An address in Port's web application; nothing answers there for the sandbox.
    public static String link(String path) {
        return "https://app.port.io/" + path;
    }

    /// The answer to "who am I": person, organization, roles and teams.
    public static JsonObject describe() {
        return JsonObject.of(
                        "user",
                        JsonObject.of("email", USER)
                                .with("firstName", "Bo")
                                .with("lastName", "Builder")
                                .with("roles", List.of("Builder"))
                                .with("teams", TEAMS))
                .with(
                        "organization",
                        JsonObject.of("id", ID).with("name", "Acme (sandbox)").with("region", "sandbox"));
    }
}
