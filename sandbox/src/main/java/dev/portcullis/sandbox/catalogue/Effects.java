package dev.portcullis.sandbox.catalogue;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What the built-in actions and workflows do to the catalogue when their run ends.
///
/// An action that somebody added has no effect here: as in Port, the end of its run only says that the
/// other side was called.
final class Effects {

    /// Does what the run is for and says it in one line; a [ToolFailure] is the run's failure.
    @FunctionalInterface
    private interface Effect {
        String apply(Run run, Instant now);
    }

    private final Entities entities;
    private final Map<String, Effect> effects = Map.ofEntries(
            Map.entry("create_incident", this::createIncident),
            Map.entry("resolve_incident", this::resolveIncident),
            Map.entry("create_github_issue", this::createIssue),
            Map.entry("deploy_service", this::deploy),
            Map.entry("rollback_service", this::rollBack),
            Map.entry("scale_service", this::scale),
            Map.entry("revoke_permission", this::revoke),
            Map.entry("scaffold_service", this::scaffold),
            Map.entry("decommission_service", this::decommission));

    Effects(Entities entities) {
        this.entities = entities;
    }

    String apply(Run run, Instant now) {
        var effect = effects.get(run.identifier());
        return effect == null ? "Webhook called, answer 202" : effect.apply(run, now);
    }

    private String createIncident(Run run, Instant now) {
        var identifier = "incident-" + suffix(run);
        put(
                "incident",
                JsonObject.of("identifier", identifier)
                        .with("title", run.inputs().text("title", "Incident"))
                        .with(
                                "properties",
                                JsonObject.of("severity", run.inputs().text("severity", "sev3"))
                                        .with("status", "open")
                                        .with("description", run.inputs().text("description", ""))
                                        .with("openedAt", now.toString()))
                        .with("relations", affected(run)));
        return "Incident '%s' is open".formatted(identifier);
    }

    private String resolveIncident(Run run, Instant now) {
        change("incident", subject(run), JsonObject.of("status", "resolved").with("resolvedAt", now.toString()));
        return "Incident '%s' is resolved".formatted(subject(run));
    }

    private String createIssue(Run run, Instant now) {
        var identifier = "issue-" + suffix(run);
        put(
                "github_issue",
                JsonObject.of("identifier", identifier)
                        .with("title", run.inputs().text("title", "Issue"))
                        .with(
                                "properties",
                                JsonObject.of("status", "open")
                                        .with("body", run.inputs().text("body", ""))
                                        .with("labels", run.inputs().texts("labels"))
                                        .with("createdAt", now.toString()))
                        .with("relations", affected(run)));
        return "Issue '%s' is created".formatted(identifier);
    }

    private String deploy(Run run, Instant now) {
        var service = entities.get("service", subject(run));
        var version = run.inputs().text("version", "");
        change(
                "service",
                subject(run),
                JsonObject.of("version", version)
                        .with("previousVersion", service.object("properties").text("version", "unknown"))
                        .with("lastDeployedAt", now.toString()));
        put(
                "deployment",
                JsonObject.of("identifier", "deployment-" + suffix(run))
                        .with("title", subject(run) + " " + version)
                        .with(
                                "properties",
                                JsonObject.of("version", version)
                                        .with("environment", run.inputs().text("environment", "staging"))
                                        .with("status", "succeeded")
                                        .with("deployedAt", now.toString()))
                        .with("relations", JsonObject.of("service", subject(run))));
        return "Service '%s' runs version %s".formatted(subject(run), version);
    }

    private String rollBack(Run run, Instant now) {
        var properties = entities.get("service", subject(run)).object("properties");
        var version = properties
                .text("previousVersion")
                .orElseThrow(() -> new ToolFailure("Service '%s' has no previous version.".formatted(subject(run))));
        change(
                "service",
                subject(run),
                JsonObject.of("version", version)
                        .with("previousVersion", properties.text("version", "unknown"))
                        .with("lastDeployedAt", now.toString()));
        return "Service '%s' is back at version %s".formatted(subject(run), version);
    }

    private String scale(Run run, Instant now) {
        var replicas = run.inputs().number("replicas", 1);
        change("service", subject(run), JsonObject.of("replicas", replicas));
        return "Service '%s' has %d replicas".formatted(subject(run), replicas);
    }

    private String revoke(Run run, Instant now) {
        change("access_grant", subject(run), JsonObject.of("status", "revoked").with("revokedAt", now.toString()));
        return "Access grant '%s' is revoked".formatted(subject(run));
    }

    private String scaffold(Run run, Instant now) {
        var name = run.inputs().text("name", "");
        put(
                "service",
                JsonObject.of("identifier", name)
                        .with(
                                "properties",
                                JsonObject.of("language", run.inputs().text("language", "Java"))
                                        .with("lifecycle", "experimental")
                                        .with("tier", "tier-3")
                                        .with("version", "0.1.0")
                                        .with("replicas", 1))
                        .with("relations", JsonObject.of("owner", run.inputs().text("team", ""))));
        return "Service '%s' is scaffolded".formatted(name);
    }

    private String decommission(Run run, Instant now) {
        entities.remove("service", subject(run));
        return "Service '%s' is gone".formatted(subject(run));
    }

    private void change(String blueprint, String identifier, JsonObject properties) {
        entities.get(blueprint, identifier);
        put(blueprint, JsonObject.of("identifier", identifier).with("properties", properties));
    }

    private void put(String blueprint, JsonObject entity) {
        entities.put(blueprint, entity, true);
    }

    private static JsonObject affected(Run run) {
        return run.entity()
                .or(() -> run.inputs().text("service"))
                .map(service -> JsonObject.of("service", service))
                .orElse(JsonObject.EMPTY);
    }

    private static String subject(Run run) {
        Optional<String> subject = run.entity().or(() -> run.inputs().text("service"));
        return subject.orElseThrow(() -> new ToolFailure("The run is about no entity."));
    }

    private static String suffix(Run run) {
        return run.id().substring(run.id().length() - 8);
    }
}
