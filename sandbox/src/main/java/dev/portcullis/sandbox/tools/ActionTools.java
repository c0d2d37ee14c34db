package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.JsonObject;

import java.util.List;

/// Definitions of actions and automations, and who may execute or approve them.
final class ActionTools implements ToolFamily {

    private static final JsonObject ADMIN_ONLY = JsonObject.of(
                    "execute",
                    JsonObject.of("roles", List.of("Admin"))
                            .with("users", List.of())
                            .with("teams", List.of()))
            .with(
                    "approve",
                    JsonObject.of("roles", List.of("Admin"))
                            .with("users", List.of())
                            .with("teams", List.of()));

    private final Catalogue catalogue;

    ActionTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<SandboxTool> tools() {
        return List.of(
                SandboxTool.of(
                        ToolKind.READ,
                        "list_actions",
                        "Lists self-service actions and automations. With identifiers: full definitions with the input "
                                + "schemas that run_action checks.",
                        List.of(
                                Parameter.texts("identifiers", "Actions to show in full"),
                                Parameter.choice("triggerType", "Only these", "self-service", "automation")),
                        this::list),
                SandboxTool.of(
                        ToolKind.READ,
                        "get_action_permissions",
                        "Shows who may execute and who approves an action.",
                        List.of(action()),
                        this::permissions),
                SandboxTool.of(
                        ToolKind.WRITE,
                        "upsert_action",
                        "Creates an action, or replaces the one with this identifier. A new one is for admins only.",
                        List.of(
                                Parameter.text("identifier", "Unique identifier")
                                        .required()
                                        .with("minLength", 1),
                                Parameter.text("title", "Name shown to people"),
                                Parameter.text("icon", "Name of an icon"),
                                Parameter.text("description", "What it does"),
                                trigger().required(),
                                Parameter.object("invocationMethod", "The backend that does the work")
                                        .required(),
                                Parameter.flag("requiredApproval", false, "A run waits for approval"),
                                Parameter.flag("publish", true, "Shown in the self-service page")),
                        this::upsert),
                SandboxTool.of(ToolKind.DELETE, "delete_action", "Deletes an action.", List.of(action()), this::delete),
                SandboxTool.of(
                        ToolKind.ADMIN,
                        "update_action_permissions",
                        "Changes who may execute or approve an action. What is not given stays as it is.",
                        List.of(
                                action(),
                                Parameter.object(
                                                "permissions",
                                                "The new permissions",
                                                holders("execute", "Who may run it"),
                                                holders("approve", "Who approves its runs"))
                                        .required()),
                        this::updatePermissions));
    }

    private static Parameter action() {
        return Parameter.text("actionIdentifier", "The action").required();
    }

    private static Parameter trigger() {
        return Parameter.object(
                "trigger",
                "What starts it",
                Parameter.choice("type", "Who starts it", "self-service", "automation")
                        .required(),
                Parameter.choice("operation", "What it does to an entity", "CREATE", "DAY-2", "DELETE"),
                Parameter.text("blueprintIdentifier", "The blueprint it is about"),
                Parameter.object(
                        "userInputs",
                        "What the caller gives",
                        Parameter.object("properties", "JSON Schema by input"),
                        Parameter.texts("required", "Inputs that must be given")));
    }

    private static Parameter holders(String name, String description) {
        return Parameter.object(
                name,
                description,
                Parameter.texts("roles", "Roles"),
                Parameter.texts("users", "E-mail addresses"),
                Parameter.texts("teams", "Teams"));
    }

    private JsonObject list(ToolCall call) {
        var wanted = call.arguments().texts("identifiers");
        var type = call.arguments().text("triggerType");
        var found = catalogue.actions().all(wanted).stream()
                .filter(action ->
                        type.isEmpty() || action.object("trigger").text("type").equals(type))
                .map(action -> wanted.isEmpty() ? summary(action) : action)
                .toList();
        return Answers.list("actions", found);
    }

    private static JsonObject summary(JsonObject action) {
        return Answers.summary(action, "identifier", "title", "description", "requiredApproval")
                .with("trigger", Answers.summary(action.object("trigger"), "type", "operation", "blueprintIdentifier"));
    }

    private JsonObject permissions(ToolCall call) {
        var identifier = call.text("actionIdentifier");
        return JsonObject.of("actionIdentifier", identifier).with("permissions", permissions(identifier));
    }

    private JsonObject permissions(String identifier) {
        catalogue.actions().get(identifier);
        return catalogue
                .permissions()
                .find(identifier)
                .map(entry -> entry.object("permissions"))
                .orElse(ADMIN_ONLY);
    }

    private JsonObject upsert(ToolCall call) {
        var action = call.arguments();
        action.object("trigger").text("blueprintIdentifier").ifPresent(catalogue.blueprints()::get);
        return Answers.changed("action", action, catalogue.put("action", catalogue.actions(), action));
    }

    private JsonObject delete(ToolCall call) {
        var identifier = call.text("actionIdentifier");
        catalogue.remove("action", catalogue.actions(), identifier);
        catalogue.permissions().discard(identifier);
        return Answers.deleted(identifier);
    }

    private JsonObject updatePermissions(ToolCall call) {
        var identifier = call.text("actionIdentifier");
        var changed = permissions(identifier).mergedWith(call.arguments().object("permissions"));
        catalogue.put(
                "action permissions",
                catalogue.permissions(),
                JsonObject.of("identifier", identifier).with("permissions", changed));
        return JsonObject.of("ok", true).with("actionIdentifier", identifier).with("permissions", changed);
    }
}
