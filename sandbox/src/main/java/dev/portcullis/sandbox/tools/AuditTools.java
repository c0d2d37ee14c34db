package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.JsonObject;

import java.util.List;
import java.util.Map;

/// Port's own audit log: who did what to the catalogue.
final class AuditTools implements ToolFamily {

    /// Where in an event each filter looks.
    private static final Map<String, String> CONTEXT =
            Map.of("blueprint", "blueprint", "entity", "entity", "runId", "runId");

    private final Catalogue catalogue;

    AuditTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<SandboxTool> tools() {
        return List.of(SandboxTool.of(
                ToolKind.READ,
                "search_audit_logs",
                "Searches the audit log: changes to the catalogue and runs, newest first.",
                List.of(
                        Parameter.text("identifier", "Identifier of what was changed or run"),
                        Parameter.text("blueprint", "Events about entities of this blueprint"),
                        Parameter.text("entity", "Events about this entity"),
                        Parameter.text("runId", "Events of this run"),
                        Parameter.choice("action", "What was done", "CREATE", "UPDATE", "DELETE", "EXECUTE"),
                        Parameter.texts("resources", "Types, for instance entity, blueprint, action, workflow, run"),
                        Parameter.choice("status", "How it ended", "SUCCESS", "FAILURE"),
                        Parameter.text("from", "Not before this time (ISO 8601, UTC)"),
                        Parameter.text("to", "Not after this time (ISO 8601, UTC)"),
                        Parameter.number("limit", 1, 1000, 100, "Most events to return")),
                this::search));
    }

    private JsonObject search(ToolCall call) {
        var found = catalogue.audit().newestFirst().stream()
                .filter(event -> matches(event, call.arguments()))
                .toList();
        var shown = found.stream().limit(call.arguments().number("limit", 100)).toList();
        return JsonObject.of("auditLogs", shown).with("count", found.size());
    }

    private static boolean matches(JsonObject event, JsonObject filter) {
        var at = event.object("trigger").text("at", "");
        return equal(event, filter, "identifier")
                && equal(event, filter, "action")
                && equal(event, filter, "status")
                && CONTEXT.entrySet().stream()
                        .allMatch(entry -> filter.text(entry.getKey())
                                .map(wanted -> event.object("context")
                                        .text(entry.getValue(), "")
                                        .equals(wanted))
                                .orElse(true))
                && (filter.texts("resources").isEmpty()
                        || filter.texts("resources").contains(event.text("resourceType", "")))
                // ISO 8601 instants in UTC sort as text.
                && at.compareTo(filter.text("from", "")) >= 0
                && filter.text("to").map(to -> at.compareTo(to) <= 0).orElse(true);
    }

    private static boolean equal(JsonObject event, JsonObject filter, String field) {
        return filter.text(field)
                .map(wanted -> event.text(field, "").equals(wanted))
                .orElse(true);
    }
}
